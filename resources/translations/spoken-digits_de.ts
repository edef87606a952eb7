<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Spoken Digits</source>
        <translation>Über Spoken Digits</translation>
    </message>
    <message>
        <source>Model card</source>
        <translation>Modellkarte</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>&amp;Program</source>
        <translation>&amp;Programm</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>&amp;Modell</translation>
    </message>
    <message>
        <source>&amp;Licences</source>
        <translation>&amp;Lizenzen</translation>
    </message>
    <message>
        <source>&amp;Folders</source>
        <translation>&amp;Ordner</translation>
    </message>
    <message>
        <source>&amp;Report</source>
        <translation>&amp;Bericht</translation>
    </message>
    <message>
        <source>&amp;Copy report</source>
        <translation>Bericht &amp;kopieren</translation>
    </message>
    <message>
        <source>The program&apos;s icon</source>
        <translation>Das Symbol des Programms</translation>
    </message>
    <message>
        <source>&lt;h2&gt;Spoken Digits {version}&lt;/h2&gt;&lt;p&gt;Says which digit was spoken, shows its waveform and Mel spectrogram, and can be taught.&lt;/p&gt;&lt;p&gt;Everything happens on this computer; nothing you say leaves it.&lt;/p&gt;&lt;p&gt;MIT licence.&lt;/p&gt;</source>
        <translation>&lt;h2&gt;Spoken Digits {version}&lt;/h2&gt;&lt;p&gt;Sagt, welche Ziffer gesprochen wurde, zeigt ihre Wellenform und ihr Mel-Spektrogramm, und lernt dazu.&lt;/p&gt;&lt;p&gt;Alles geschieht auf diesem Rechner; nichts, was Sie sagen, verlässt ihn.&lt;/p&gt;&lt;p&gt;MIT-Lizenz.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>What lies where</source>
        <translation>Was wo liegt</translation>
    </message>
    <message>
        <source>Spoken Digits is under the MIT licence. It stands on these libraries; Qt is used under the LGPL, and can be replaced in the folder of the installation. The whole texts lie in that folder: {folder}</source>
        <translation>Spoken Digits steht unter der MIT-Lizenz. Es beruht auf diesen Bibliotheken; Qt wird unter der LGPL benutzt und kann im Ordner der Installation ersetzt werden. Die ganzen Texte liegen in diesem Ordner: {folder}</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Libraries and their licences</source>
        <translation>Bibliotheken und ihre Lizenzen</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Wird gesucht …</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>AdaptDialog</name>
    <message>
        <source>Adapt the model to your voice</source>
        <translation>Das Modell an Ihre Stimme anpassen</translation>
    </message>
    <message>
        <source>Folders to learn from</source>
        <translation>Ordner, aus denen gelernt wird</translation>
    </message>
    <message>
        <source>Add &amp;folder…</source>
        <translation>&amp;Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>&amp;Adapt</source>
        <translation>&amp;Anpassen</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>Ab&amp;brechen</translation>
    </message>
    <message>
        <source>&amp;Use the copy</source>
        <translation>Die Kopie &amp;verwenden</translation>
    </message>
    <message>
        <source>&amp;Discard it</source>
        <translation>Ver&amp;werfen</translation>
    </message>
    <message>
        <source>A copy of “{0}” learns from your recordings, in about a minute. Then you see how many it has right, before and after, and decide. “{0}” itself stays as it is.</source>
        <translation>Eine Kopie von „{0}“ lernt in etwa einer Minute aus Ihren Aufnahmen. Dann sehen Sie, wie viele sie vorher und nachher richtig hat, und entscheiden. „{0}“ selbst bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>There are no recordings of yours yet. Correct some takes (W), collect recordings (My voice), or add a folder.</source>
        <translation>Es gibt noch keine Aufnahmen von Ihnen. Berichtigen Sie einige Aufnahmen (W), sammeln Sie welche (Meine Stimme) oder fügen Sie einen Ordner hinzu.</translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation>Wird vorbereitet …</translation>
    </message>
    <message>
        <source>A copy of “{0}” is learning…</source>
        <translation>Eine Kopie von „{0}“ lernt …</translation>
    </message>
    <message>
        <source>The copy is being tested…</source>
        <translation>Die Kopie wird geprüft …</translation>
    </message>
    <message>
        <source>Your clips</source>
        <translation>Ihre Aufnahmen</translation>
    </message>
    <message>
        <source>The program&apos;s samples</source>
        <translation>Die Beispiele des Programms</translation>
    </message>
    <message>
        <source>The model&apos;s standard test</source>
        <translation>Die übliche Prüfung des Modells</translation>
    </message>
    <message>
        <source>The copy is worse for you. Better discard it.</source>
        <translation>Die Kopie ist für Sie schlechter. Verwerfen Sie sie lieber.</translation>
    </message>
    <message>
        <source>The copy has forgotten: {0} more of the standard test are wrong.</source>
        <translation>Die Kopie hat verlernt: {0} weitere der üblichen Prüfung sind falsch.</translation>
    </message>
    <message>
        <source>The copy has {0} more of your clips right.</source>
        <translation>Die Kopie hat {0} Ihrer Aufnahmen mehr richtig.</translation>
    </message>
    <message>
        <source>The copy is as good for you as the model was.</source>
        <translation>Die Kopie ist für Sie so gut, wie es das Modell war.</translation>
    </message>
    <message>
        <source>{0} of your {1} clips were judged by copies that had not learned from them ({2} such copies); the one that you would use has learned from all.</source>
        <translation>{0} Ihrer {1} Aufnahmen wurden von Kopien beurteilt, die nicht aus ihnen gelernt hatten ({2} solche Kopien); die, die Sie verwenden würden, hat aus allen gelernt.</translation>
    </message>
    <message>
        <source>“{0}” keeps no clips to rehearse, so the copy was changed only carefully, and {1} samples say little about other voices.</source>
        <translation>„{0}“ hat keine Aufnahmen zum Wiederholen, deshalb wurde die Kopie nur vorsichtig verändert, und {1} Beispiele sagen wenig über andere Stimmen.</translation>
    </message>
    <message>
        <source>{n} clip of a word that the model does not know was left out.</source>
        <translation>{n} Aufnahme eines Wortes, das das Modell nicht kennt, wurde weggelassen.</translation>
    </message>
    <message>
        <source>{n} clips of words that the model does not know were left out.</source>
        <translation>{n} Aufnahmen von Wörtern, die das Modell nicht kennt, wurden weggelassen.</translation>
    </message>
    <message>
        <source>You can go back to “{0}” at any time.</source>
        <translation>Sie können jederzeit zu „{0}“ zurückkehren.</translation>
    </message>
    <message>
        <source>Folder of recordings</source>
        <translation>Ordner mit Aufnahmen</translation>
    </message>
    <message>
        <source>The copy is gone; nothing has changed.</source>
        <translation>Die Kopie ist weg; nichts hat sich geändert.</translation>
    </message>
</context>
<context>
    <name>AdaptationController</name>
    <message>
        <source>The copy cannot be kept: {0}</source>
        <translation>Die Kopie kann nicht behalten werden: {0}</translation>
    </message>
    <message>
        <source>It was ended from outside or crashed. Nothing has changed.</source>
        <translation>Es wurde von außen beendet oder ist abgestürzt. Nichts hat sich geändert.</translation>
    </message>
</context>
<context>
    <name>AnswerCard</name>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>perhaps {0}</source>
        <translation>vielleicht {0}</translation>
    </message>
    <message>
        <source>{confidence} sure · {milliseconds:.1f} ms</source>
        <translation>{confidence} sicher · {milliseconds:.1f} ms</translation>
    </message>
</context>
<context>
    <name>BeforeAfter</name>
    <message>
        <source>Before and after</source>
        <translation>Vorher und nachher</translation>
    </message>
    <message>
        <source>before</source>
        <translation>vorher</translation>
    </message>
    <message>
        <source>after</source>
        <translation>nachher</translation>
    </message>
    <message>
        <source>{0}: {1} of {2} right before, {3} after.</source>
        <translation>{0}: vorher {1} von {2} richtig, nachher {3}.</translation>
    </message>
</context>
<context>
    <name>ClipActions</name>
    <message>
        <source>It was…</source>
        <translation>Es war …</translation>
    </message>
    <message>
        <source>&amp;Wrong? It was…</source>
        <translation>&amp;Falsch? Es war …</translation>
    </message>
    <message>
        <source>&amp;Play</source>
        <translation>&amp;Wiedergeben</translation>
    </message>
    <message>
        <source>&amp;Inspect</source>
        <translation>&amp;Untersuchen</translation>
    </message>
    <message>
        <source>&amp;Save as…</source>
        <translation>&amp;Speichern unter …</translation>
    </message>
    <message>
        <source>Leave it out as &amp;bad</source>
        <translation>Als unbr&amp;auchbar weglassen</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Export as a folder…</source>
        <translation>Als Ordner &amp;exportieren …</translation>
    </message>
    <message>
        <source>Export &amp;as a list…</source>
        <translation>Als Lis&amp;te exportieren …</translation>
    </message>
    <message>
        <source>&amp;Teach with these…</source>
        <translation>Damit le&amp;hren …</translation>
    </message>
    <message>
        <source>&amp;Hear again with…</source>
        <translation>No&amp;chmals hören mit …</translation>
    </message>
    <message>
        <source>Hear again with…</source>
        <translation>Nochmals hören mit …</translation>
    </message>
    <message>
        <source>It wa&amp;s</source>
        <translation>E&amp;s war</translation>
    </message>
    <message>
        <source>&amp;No word</source>
        <translation>&amp;Kein Wort</translation>
    </message>
    <message>
        <source>Another &amp;word…</source>
        <translation>Ein anderes &amp;Wort …</translation>
    </message>
    <message>
        <source>Nothing was kept.</source>
        <translation>Nichts wurde behalten.</translation>
    </message>
    <message>
        <source>Another word</source>
        <translation>Ein anderes Wort</translation>
    </message>
    <message>
        <source>It was:</source>
        <translation>Es war:</translation>
    </message>
    <message>
        <source>There is no take with an answer to export.</source>
        <translation>Es gibt keine Aufnahme mit Antwort zum Exportieren.</translation>
    </message>
    <message>
        <source>Export as a list</source>
        <translation>Als Liste exportieren</translation>
    </message>
    <message>
        <source>Export as a new folder</source>
        <translation>Als neuen Ordner exportieren</translation>
    </message>
    <message>
        <source>&amp;Undo {0}</source>
        <translation>{0} &amp;zurücknehmen</translation>
    </message>
</context>
<context>
    <name>ClipExports</name>
    <message>
        <source>There is no take with an answer to export.</source>
        <translation>Es gibt keine Aufnahme mit Antwort zum Exportieren.</translation>
    </message>
    <message>
        <source>Writing clips…</source>
        <translation>Clips werden geschrieben…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Nothing was exported.</source>
        <translation>Nichts wurde exportiert.</translation>
    </message>
    <message>
        <source>{n} take is in {folder}.</source>
        <translation>{n} Aufnahme liegt in {folder}.</translation>
    </message>
    <message>
        <source>{n} takes are in {folder}.</source>
        <translation>{n} Aufnahmen liegen in {folder}.</translation>
    </message>
    <message>
        <source>A list of {n} clip is in {file}.</source>
        <translation>Eine Liste von {n} Clip ist in {file}.</translation>
    </message>
    <message>
        <source>A list of {n} clips is in {file}.</source>
        <translation>Eine Liste von {n} Clips ist in {file}.</translation>
    </message>
    <message>
        <source>{0} without an answer</source>
        <translation>{0} ohne Antwort</translation>
    </message>
    <message>
        <source>{0} that cannot be read ({1})</source>
        <translation>{0} nicht lesbar ({1})</translation>
    </message>
    <message>
        <source>Left out: {0}.</source>
        <translation>Ausgelassen: {0}.</translation>
    </message>
</context>
<context>
    <name>ClipList</name>
    <message>
        <source>Clips to inspect</source>
        <translation>Aufnahmen zum Untersuchen</translation>
    </message>
</context>
<context>
    <name>ClipPane</name>
    <message>
        <source>no model</source>
        <translation>kein Modell</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>keine Antwort</translation>
    </message>
</context>
<context>
    <name>ClipPanel</name>
    <message>
        <source>&amp;All clips</source>
        <translation>&amp;Alle Aufnahmen</translation>
    </message>
    <message>
        <source>List every clip of the test, right or wrong</source>
        <translation>Jede Aufnahme des Tests auflisten, richtig oder falsch</translation>
    </message>
    <message>
        <source>Choose a clip to see it.</source>
        <translation>Wählen Sie eine Aufnahme, um sie zu sehen.</translation>
    </message>
    <message>
        <source>Inspe&amp;ct</source>
        <translation>Unter&amp;suchen</translation>
    </message>
</context>
<context>
    <name>ClipTable</name>
    <message>
        <source>Clips</source>
        <translation>Aufnahmen</translation>
    </message>
    <message>
        <source>None of them is like that.</source>
        <translation>Keiner davon ist so.</translation>
    </message>
</context>
<context>
    <name>ClipTableModel</name>
    <message>
        <source>Clip</source>
        <translation>Aufnahme</translation>
    </message>
    <message>
        <source>Said</source>
        <translation>Gesagt</translation>
    </message>
    <message>
        <source>Heard</source>
        <translation>Gehört</translation>
    </message>
    <message>
        <source>Sure</source>
        <translation>Sicher</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Pegel</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>Spectrogram</source>
        <translation>Spektrogramm</translation>
    </message>
    <message>
        <source>bad</source>
        <translation>unbrauchbar</translation>
    </message>
    <message>
        <source>{n} word</source>
        <translation>{n} Wort</translation>
    </message>
    <message>
        <source>{n} words</source>
        <translation>{n} Wörter</translation>
    </message>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>{0}, was {1}</source>
        <translation>{0}, vorher {1}</translation>
    </message>
</context>
<context>
    <name>ClipTeacher</name>
    <message>
        <source>Nobody has said yet what these clips are, so nothing can be learned from them. Correct or confirm some first: a digit, the first letters of a word, or Enter.</source>
        <translation>Noch hat niemand gesagt, was diese Clips sind, also lässt sich nichts aus ihnen lernen. Berichtigen oder bestätigen Sie zuerst einige: mit einer Ziffer, den ersten Buchstaben eines Wortes oder der Eingabetaste.</translation>
    </message>
    <message>
        <source>It cannot be begun: {0}</source>
        <translation>Es kann nicht beginnen: {0}</translation>
    </message>
    <message>
        <source>Given up: nothing has changed.</source>
        <translation>Abgebrochen: Nichts hat sich geändert.</translation>
    </message>
</context>
<context>
    <name>CollectController</name>
    <message>
        <source>There is no sound. Choose a source in the main window.</source>
        <translation>Es ist kein Ton da. Wählen Sie im Hauptfenster eine Quelle.</translation>
    </message>
    <message>
        <source>Cut off: the word runs over the edge of the second.</source>
        <translation>Abgeschnitten: Das Wort reicht über den Rand der Sekunde.</translation>
    </message>
    <message>
        <source>It sounded like “{0}”. Keep it if you did say “{1}”.</source>
        <translation>Es klang wie „{0}“. Behalten Sie es, wenn Sie „{1}“ gesagt haben.</translation>
    </message>
    <message>
        <source>It did not sound like a word. Keep it if you did say “{0}”.</source>
        <translation>Es klang nicht wie ein Wort. Behalten Sie es, wenn Sie „{0}“ gesagt haben.</translation>
    </message>
</context>
<context>
    <name>CollectDialog</name>
    <message>
        <source>Collect recordings</source>
        <translation>Aufnahmen sammeln</translation>
    </message>
    <message>
        <source>&amp;Train a new model…</source>
        <translation>Ein neues Modell &amp;trainieren …</translation>
    </message>
    <message>
        <source>&amp;Adapt the model…</source>
        <translation>Das Modell &amp;anpassen …</translation>
    </message>
    <message>
        <source>Collect &amp;more</source>
        <translation>&amp;Weiter sammeln</translation>
    </message>
    <message>
        <source>{n} recording is in {folder}</source>
        <translation>{n} Aufnahme liegt in {folder}</translation>
    </message>
    <message>
        <source>{n} recordings are in {folder}</source>
        <translation>{n} Aufnahmen liegen in {folder}</translation>
    </message>
    <message>
        <source>All words are said. {0}: a data set that a model can be trained on, or that the model in use can be adapted to.</source>
        <translation>Alle Wörter sind gesagt. {0}: ein Datensatz, mit dem ein Modell trainiert oder an den das verwendete Modell angepasst werden kann.</translation>
    </message>
</context>
<context>
    <name>ColourBar</name>
    <message>
        <source>dB below maximum</source>
        <translation>dB unter dem Maximum</translation>
    </message>
</context>
<context>
    <name>Columns</name>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
</context>
<context>
    <name>ConfusionMatrix</name>
    <message>
        <source>said ↓  heard →</source>
        <translation>gesagt ↓  gehört →</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>Verwechslungsmatrix</translation>
    </message>
</context>
<context>
    <name>ConfusionModel</name>
    <message>
        <source>said: {0}</source>
        <translation>gesagt: {0}</translation>
    </message>
    <message>
        <source>heard: {0}</source>
        <translation>gehört: {0}</translation>
    </message>
    <message>
        <source>{count:,} of {total:,} times “{said}” was taken for “{answer}”</source>
        <translation>„{said}“ wurde {count:,} von {total:,} Mal für „{answer}“ gehalten</translation>
    </message>
</context>
<context>
    <name>DataPage</name>
    <message>
        <source>A folder with one sub-folder a label</source>
        <translation>Ein Ordner mit einem Unterordner je Wort</translation>
    </message>
    <message>
        <source>Data set folder</source>
        <translation>Ordner der Aufnahmen</translation>
    </message>
    <message>
        <source>&amp;Choose folder…</source>
        <translation>&amp;Ordner wählen …</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Inspect clips</source>
        <translation>Aufnahmen untersuchen</translation>
    </message>
    <message>
        <source>Teach your own &amp;words…</source>
        <translation>Eigene Wö&amp;rter lehren …</translation>
    </message>
    <message>
        <source>Start trainin&amp;g</source>
        <translation>Training &amp;starten</translation>
    </message>
    <message>
        <source>Drop a folder of recordings here, or choose one: &lt;label&gt;/&lt;speaker&gt;_nohash_&lt;n&gt;.wav or &lt;digit&gt;_&lt;speaker&gt;_&lt;n&gt;.wav. Nothing in it is changed.

Or say a few words of your own: they are recorded, learned and in use in three minutes.</source>
        <translation>Ziehen Sie einen Ordner mit Aufnahmen hierher, oder wählen Sie einen: &lt;Wort&gt;/&lt;Sprecher&gt;_nohash_&lt;n&gt;.wav oder &lt;Ziffer&gt;_&lt;Sprecher&gt;_&lt;n&gt;.wav. Darin wird nichts verändert.

Oder sagen Sie ein paar eigene Wörter: In drei Minuten sind sie aufgenommen, gelernt und in Gebrauch.</translation>
    </message>
    <message>
        <source>Name of the new model</source>
        <translation>Name des neuen Modells</translation>
    </message>
    <message>
        <source>Nobody can be set aside for the test: each clip is judged by a copy of the model that has not learned from it.</source>
        <translation>Niemand kann für den Test beiseitegelassen werden: Jede Aufnahme beurteilt eine Kopie des Modells, die nicht aus ihr gelernt hat.</translation>
    </message>
    <message>
        <source>Look closely at all clips of the folder</source>
        <translation>Alle Aufnahmen des Ordners genau ansehen</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>Bericht speichern</translation>
    </message>
    <message>
        <source>Digits</source>
        <translation>Ziffern</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Tick these labels</source>
        <translation>Diese Wörter ankreuzen</translation>
    </message>
</context>
<context>
    <name>EpochsView</name>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Val. loss</source>
        <translation>Val.-Verlust</translation>
    </message>
    <message>
        <source>Val. accuracy</source>
        <translation>Val.-Genauigkeit</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>Epoche</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Epochen</translation>
    </message>
</context>
<context>
    <name>ExplanationPanel</name>
    <message>
        <source>What the network sees</source>
        <translation>Was das Netz sieht</translation>
    </message>
    <message>
        <source>What the answer &amp;depends on</source>
        <translation>&amp;Woran die Antwort hängt</translation>
    </message>
    <message>
        <source>Colours the parts whose covering changes the answer most</source>
        <translation>Färbt die Teile, deren Verdecken die Antwort am meisten ändert</translation>
    </message>
    <message>
        <source>Strength of the colours</source>
        <translation>Stärke der Farben</translation>
    </message>
    <message>
        <source>How much the colours cover the picture, in per cent</source>
        <translation>Wie sehr die Farben das Bild verdecken, in Prozent</translation>
    </message>
    <message>
        <source>The network is not asked. {0}</source>
        <translation>Das Netz wird nicht gefragt. {0}</translation>
    </message>
    <message>
        <source>Choose a clip to see what the network is given of it.</source>
        <translation>Wählen Sie eine Aufnahme, um zu sehen, was das Netz davon bekommt.</translation>
    </message>
    <message>
        <source>{0} samples, from {1:.2f} to {2:.2f}</source>
        <translation>{0} Abtastwerte, von {1:.2f} bis {2:.2f}</translation>
    </message>
    <message>
        <source>{0} Mel bins × {1} frames, z-scored: from {2:.1f} to {3:.1f} standard deviations</source>
        <translation>{0} Mel-Bänder × {1} Fenster, normiert: von {2:.1f} bis {3:.1f} Standardabweichungen</translation>
    </message>
    <message>
        <source>{0} Mel bins × {1} frames, from {2:.0f} to {3:.0f} dB</source>
        <translation>{0} Mel-Bänder × {1} Fenster, von {2:.0f} bis {3:.0f} dB</translation>
    </message>
    <message>
        <source>orange speaks for {0}</source>
        <translation>Orange spricht für {0}</translation>
    </message>
    <message>
        <source>blue speaks against it</source>
        <translation>Blau spricht dagegen</translation>
    </message>
    <message>
        <source>The answer {0}</source>
        <translation>Die Antwort {0}</translation>
    </message>
    <message>
        <source>Not sure. The best guess, {0},</source>
        <translation>Unsicher. Die beste Vermutung, {0},</translation>
    </message>
    <message>
        <source>{0} depends on no part more than on others.</source>
        <translation>{0} hängt an keinem Teil mehr als an anderen.</translation>
    </message>
    <message>
        <source>{0} depends most on {1}. Covering the part that matters most takes its probability from {2} to {3}.</source>
        <translation>{0} hängt am meisten an {1}. Wird der wichtigste Teil verdeckt, geht ihre Wahrscheinlichkeit von {2} auf {3}.</translation>
    </message>
</context>
<context>
    <name>Exports</name>
    <message>
        <source>&amp;Save sound as…</source>
        <translation>Klang &amp;speichern unter …</translation>
    </message>
    <message>
        <source>&amp;Picture…</source>
        <translation>&amp;Bild …</translation>
    </message>
    <message>
        <source>&amp;Spectrogram as table…</source>
        <translation>&amp;Spektrogramm als Tabelle …</translation>
    </message>
    <message>
        <source>P&amp;robabilities as table…</source>
        <translation>&amp;Wahrscheinlichkeiten als Tabelle …</translation>
    </message>
    <message>
        <source>&amp;All as NumPy arrays…</source>
        <translation>&amp;Alles als NumPy-Felder …</translation>
    </message>
    <message>
        <source>&amp;Copy picture</source>
        <translation>Bild &amp;kopieren</translation>
    </message>
    <message>
        <source>Saved {0}</source>
        <translation>Gespeichert: {0}</translation>
    </message>
    <message>
        <source>The picture is on the clipboard.</source>
        <translation>Das Bild liegt in der Zwischenablage.</translation>
    </message>
</context>
<context>
    <name>Figures</name>
    <message>
        <source>Levels</source>
        <translation>Pegel</translation>
    </message>
    <message>
        <source>peak {peak:.1f} dBFS   RMS {rms:.1f} dBFS</source>
        <translation>Spitze {peak:.1f} dBFS   Effektivwert {rms:.1f} dBFS</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Find a name, a speaker, a word</source>
        <translation>Namen, Sprecher oder Wort suchen</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>Falsch</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>Unsicher</translation>
    </message>
    <message>
        <source>Unsaved</source>
        <translation>Ungesichert</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>The model heard another word than was said, the surest first (F3: next)</source>
        <translation>Das Modell hat ein anderes Wort gehört als gesagt wurde, die sichersten zuerst (F3: nächste)</translation>
    </message>
    <message>
        <source>The model was not certain</source>
        <translation>Das Modell war nicht sicher</translation>
    </message>
    <message>
        <source>Takes that are in memory only</source>
        <translation>Aufnahmen, die nur im Arbeitsspeicher sind</translation>
    </message>
    <message>
        <source>Clips with something wrong with them</source>
        <translation>Aufnahmen, mit denen etwas nicht stimmt</translation>
    </message>
    <message>
        <source>Clips of which another model had heard something else</source>
        <translation>Aufnahmen, bei denen ein anderes Modell etwas anderes gehört hatte</translation>
    </message>
    <message>
        <source>Esc hears no more of them</source>
        <translation>Esc hört keine weiteren mehr an</translation>
    </message>
    <message>
        <source>{0:,} of {1:,}</source>
        <translation>{0:,} von {1:,}</translation>
    </message>
    <message>
        <source>{0}, {1:,} heard</source>
        <translation>{0}, {1:,} gehört</translation>
    </message>
</context>
<context>
    <name>FirstStart</name>
    <message>
        <source>{folder} cannot be written, so recordings and models cannot be kept: change its permissions, or make room for it.</source>
        <translation>In {folder} kann nicht geschrieben werden, deshalb lassen sich keine Aufnahmen und Modelle behalten: Ändern Sie die Rechte, oder machen Sie Platz dafür.</translation>
    </message>
    <message>
        <source>The settings in {file} cannot be read, so the usual ones count: set them again.</source>
        <translation>Die Einstellungen in {file} sind nicht lesbar, deshalb gelten die üblichen: Stellen Sie sie neu ein.</translation>
    </message>
    <message>
        <source>{file} cannot be written, so nothing that you set here is remembered: change its permissions.</source>
        <translation>{file} kann nicht geschrieben werden, deshalb wird nichts behalten, was Sie hier einstellen: Ändern Sie die Rechte.</translation>
    </message>
</context>
<context>
    <name>HearAgain</name>
    <message>
        <source>Hearing again: %v of %m (Esc gives up)</source>
        <translation>Nochmals gehört: %v von %m (Esc bricht ab)</translation>
    </message>
    <message>
        <source>Clips that are heard again</source>
        <translation>Clips, die nochmals gehört werden</translation>
    </message>
    <message>
        <source>Given up: every clip is as it was heard before.</source>
        <translation>Abgebrochen: Jeder Clip steht da, wie er vorher gehört wurde.</translation>
    </message>
</context>
<context>
    <name>InputBar</name>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Where the sound comes from</source>
        <translation>Woher der Klang kommt</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>The model that recognises</source>
        <translation>Das Modell, das erkennt</translation>
    </message>
    <message>
        <source>&amp;Source</source>
        <translation>&amp;Quelle</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>Mod&amp;ell</translation>
    </message>
    <message>
        <source>Default microphone</source>
        <translation>Standardmikrofon</translation>
    </message>
    <message>
        <source>Demo: recorded voices</source>
        <translation>Demo: aufgenommene Stimmen</translation>
    </message>
    <message>
        <source>Sound file…</source>
        <translation>Klangdatei …</translation>
    </message>
    <message>
        <source>Look for devices again</source>
        <translation>Erneut nach Geräten suchen</translation>
    </message>
</context>
<context>
    <name>InspectKeys</name>
    <message>
        <source>&amp;Previous clip</source>
        <translation>&amp;Vorige Aufnahme</translation>
    </message>
    <message>
        <source>&amp;Next clip</source>
        <translation>&amp;Nächste Aufnahme</translation>
    </message>
    <message>
        <source>Ten clips back</source>
        <translation>Zehn Aufnahmen zurück</translation>
    </message>
    <message>
        <source>Ten clips on</source>
        <translation>Zehn Aufnahmen weiter</translation>
    </message>
    <message>
        <source>P&amp;lay what is selected, or stop</source>
        <translation>&amp;Auswahl abspielen oder anhalten</translation>
    </message>
    <message>
        <source>&amp;Compare with this clip, or no more</source>
        <translation>Mit d&amp;ieser Aufnahme vergleichen oder nicht mehr</translation>
    </message>
    <message>
        <source>Show or hide the &amp;settings</source>
        <translation>&amp;Einstellungen zeigen oder verbergen</translation>
    </message>
    <message>
        <source>Stop, or clear the selection</source>
        <translation>Anhalten oder Auswahl aufheben</translation>
    </message>
</context>
<context>
    <name>InspectPage</name>
    <message>
        <source>&amp;Inspect</source>
        <translation>&amp;Untersuchen</translation>
    </message>
</context>
<context>
    <name>InspectTab</name>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Settings and explanation</source>
        <translation>Einstellungen und Erklärung</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Inspect files</source>
        <translation>Dateien untersuchen</translation>
    </message>
    <message>
        <source>Inspect folder</source>
        <translation>Ordner untersuchen</translation>
    </message>
    <message>
        <source>Open sound files or a folder, or drop them here.
Takes come from Recognise, and clips from Train, with “Inspect”.</source>
        <translation>Öffnen Sie Klangdateien oder einen Ordner, oder legen Sie sie hier ab.
Aus Erkennen und aus Trainieren kommen Aufnahmen mit „Untersuchen“.</translation>
    </message>
</context>
<context>
    <name>Job</name>
    <message>
        <source>It ended without saying why.</source>
        <translation>Er endete, ohne zu sagen, warum.</translation>
    </message>
    <message>
        <source>It ended without a result.</source>
        <translation>Es endete ohne Ergebnis.</translation>
    </message>
    <message>
        <source>The process was ended from outside, or crashed.</source>
        <translation>Der Prozess wurde von außen beendet oder ist abgestürzt.</translation>
    </message>
</context>
<context>
    <name>KeptMenu</name>
    <message>
        <source>&amp;Kept takes</source>
        <translation>Behalte&amp;ne Aufnahmen</translation>
    </message>
    <message>
        <source>&amp;Ask when I quit</source>
        <translation>Beim Beenden fr&amp;agen</translation>
    </message>
    <message>
        <source>&amp;Keep every take</source>
        <translation>Jede Aufnahme &amp;behalten</translation>
    </message>
    <message>
        <source>&amp;Save as a folder when I quit</source>
        <translation>Beim Beenden als Ordner &amp;sichern</translation>
    </message>
    <message>
        <source>&amp;Forget takes when I quit</source>
        <translation>Aufnahmen beim Beenden &amp;vergessen</translation>
    </message>
    <message>
        <source>Show the folder &amp;of kept takes</source>
        <translation>&amp;Ordner der behaltenen Aufnahmen zeigen</translation>
    </message>
    <message>
        <source>&amp;Delete all kept takes…</source>
        <translation>Alle behaltenen Aufnahmen &amp;löschen…</translation>
    </message>
    <message>
        <source>No take is kept yet.</source>
        <translation>Noch ist keine Aufnahme behalten.</translation>
    </message>
    <message>
        <source>Delete the take that is kept ({megabytes:.1f} MB)?</source>
        <translation>Die behaltene Aufnahme löschen ({megabytes:.1f} MB)?</translation>
    </message>
    <message>
        <source>Delete all {n} takes that are kept ({megabytes:.1f} MB)?</source>
        <translation>Alle {n} behaltenen Aufnahmen löschen ({megabytes:.1f} MB)?</translation>
    </message>
    <message>
        <source>Kept takes</source>
        <translation>Behaltene Aufnahmen</translation>
    </message>
    <message>
        <source>This cannot be undone. Your recordings of them stay.</source>
        <translation>Das lässt sich nicht zurücknehmen. Ihre eigenen Aufnahmen davon, nach Wörtern, bleiben.</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>{n} take was deleted.</source>
        <translation>{n} Aufnahme wurde gelöscht.</translation>
    </message>
    <message>
        <source>{n} takes were deleted.</source>
        <translation>{n} Aufnahmen wurden gelöscht.</translation>
    </message>
</context>
<context>
    <name>LabelTable</name>
    <message>
        <source>Label</source>
        <translation>Wort</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>Aufnahmen</translation>
    </message>
    <message>
        <source>Speakers</source>
        <translation>Sprecher</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>Labels of the data set</source>
        <translation>Wörter der Aufnahmen</translation>
    </message>
</context>
<context>
    <name>LearningCurves</name>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>Epoche</translation>
    </message>
    <message>
        <source>training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>Learning curves</source>
        <translation>Lernkurven</translation>
    </message>
    <message>
        <source>Epoch {epoch}: validation loss {loss:.3f}, accuracy {accuracy:.1%}; best is epoch {best}</source>
        <translation>Epoche {epoch}: Validierungsverlust {loss:.3f}, Genauigkeit {accuracy:.1%}; am besten ist Epoche {best}</translation>
    </message>
</context>
<context>
    <name>LevelMeter</name>
    <message>
        <source>Input level</source>
        <translation>Eingangspegel</translation>
    </message>
    <message>
        <source>Input level in dB below full scale. Speak so that it stays below “clipped”.</source>
        <translation>Eingangspegel in dB unter Vollaussteuerung. Sprechen Sie so, dass er unter „übersteuert“ bleibt.</translation>
    </message>
    <message>
        <source>clipped</source>
        <translation>übersteuert</translation>
    </message>
    <message>
        <source>The input is clipped: too loud.</source>
        <translation>Der Eingang ist übersteuert: zu laut.</translation>
    </message>
</context>
<context>
    <name>ListeningView</name>
    <message>
        <source>Transcript</source>
        <translation>Mitschrift</translation>
    </message>
    <message>
        <source>The digits you say appear here.</source>
        <translation>Die Ziffern, die Sie sagen, erscheinen hier.</translation>
    </message>
    <message>
        <source>The last ten minutes, words marked</source>
        <translation>Die letzten zehn Minuten, Wörter markiert</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Copy the transcript</source>
        <translation>Die Mitschrift kopieren</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save the words of the transcript, with their times</source>
        <translation>Die Wörter der Mitschrift mit ihren Zeiten speichern</translation>
    </message>
    <message>
        <source>C&amp;lear</source>
        <translation>&amp;Leeren</translation>
    </message>
    <message>
        <source>Clear the transcript; the takes stay</source>
        <translation>Die Mitschrift leeren; die Aufnahmen bleiben</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Recognise</source>
        <translation>Erkennen</translation>
    </message>
    <message>
        <source>Inspect</source>
        <translation>Untersuchen</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Trainieren</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Sound file as source</source>
        <translation>Klangdatei als Quelle</translation>
    </message>
    <message>
        <source>Open sounds</source>
        <translation>Klänge öffnen</translation>
    </message>
    <message>
        <source>Last answer in {milliseconds:.1f} ms</source>
        <translation>Letzte Antwort in {milliseconds:.1f} ms</translation>
    </message>
    <message>
        <source>{0} is long: all of its words are listed here.</source>
        <translation>{0} ist lang: Hier stehen alle Wörter darin.</translation>
    </message>
    <message>
        <source>default input</source>
        <translation>Standardeingang</translation>
    </message>
    <message>
        <source>Model {name}</source>
        <translation>Modell {name}</translation>
    </message>
    <message>
        <source>The training of “{0}” was cut off: it can go on under Train.</source>
        <translation>Das Training von „{0}“ wurde abgebrochen: unter Trainieren kann es weitergehen.</translation>
    </message>
    <message>
        <source>Working…</source>
        <translation>Arbeitet …</translation>
    </message>
</context>
<context>
    <name>ManualDialog</name>
    <message>
        <source>Manual</source>
        <translation>Handbuch</translation>
    </message>
</context>
<context>
    <name>MeanSpectrum</name>
    <message>
        <source>Mean spectrum in dBFS against Hz</source>
        <translation>Mittleres Spektrum in dBFS über Hz</translation>
    </message>
    <message>
        <source>Loudest at {0:.0f} Hz</source>
        <translation>Am lautesten bei {0:.0f} Hz</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Record</source>
        <translation>Aufneh&amp;men</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Open sounds…</source>
        <translation>Klänge ö&amp;ffnen …</translation>
    </message>
    <message>
        <source>Open &amp;folder…</source>
        <translation>&amp;Ordner öffnen …</translation>
    </message>
    <message>
        <source>&amp;Recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>Ab&amp;brechen</translation>
    </message>
    <message>
        <source>&amp;Play</source>
        <translation>&amp;Wiedergeben</translation>
    </message>
    <message>
        <source>&amp;Listen on and on</source>
        <translation>Fortlaufend &amp;zuhören</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>Wie das &amp;System</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farben</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>&amp;Vollbild</translation>
    </message>
    <message>
        <source>Man&amp;ual</source>
        <translation>&amp;Handbuch</translation>
    </message>
    <message>
        <source>&amp;Shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>&amp;Model card</source>
        <translation>&amp;Modellkarte</translation>
    </message>
    <message>
        <source>Copy &amp;report</source>
        <translation>&amp;Bericht kopieren</translation>
    </message>
    <message>
        <source>&amp;About Spoken Digits</source>
        <translation>&amp;Über Spoken Digits</translation>
    </message>
    <message>
        <source>&amp;Export</source>
        <translation>&amp;Exportieren</translation>
    </message>
    <message>
        <source>The window speaks this language from its next start on.</source>
        <translation>Das Fenster spricht diese Sprache ab seinem nächsten Start.</translation>
    </message>
    <message>
        <source>The report is on the clipboard.</source>
        <translation>Der Bericht liegt in der Zwischenablage.</translation>
    </message>
    <message>
        <source>{0} or {1}</source>
        <translation>{0} oder {1}</translation>
    </message>
</context>
<context>
    <name>ModelInUse</name>
    <message>
        <source>{problem} “{model}” answers instead.</source>
        <translation>{problem} Stattdessen antwortet „{model}“.</translation>
    </message>
</context>
<context>
    <name>ModelInputPlot</name>
    <message>
        <source>Sample</source>
        <translation>Abtastwert</translation>
    </message>
    <message>
        <source>Amplitude</source>
        <translation>Amplitude</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Mel bin</source>
        <translation>Mel-Band</translation>
    </message>
    <message>
        <source>Sample {0}: {1:.4f}</source>
        <translation>Abtastwert {0}: {1:.4f}</translation>
    </message>
    <message>
        <source>Mel bin {0}, frame {1}: {2:.3f}</source>
        <translation>Mel-Band {0}, Fenster {1}: {2:.3f}</translation>
    </message>
</context>
<context>
    <name>ModelsPanel</name>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>&amp;Use</source>
        <translation>&amp;Verwenden</translation>
    </message>
    <message>
        <source>Resul&amp;ts</source>
        <translation>Er&amp;gebnisse</translation>
    </message>
    <message>
        <source>Re&amp;name…</source>
        <translation>Umbe&amp;nennen …</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>E&amp;xport</source>
        <translation>E&amp;xportieren</translation>
    </message>
    <message>
        <source>Curves and figures, {0}</source>
        <translation>Kurven und Zahlen, {0}</translation>
    </message>
    <message>
        <source>shipped</source>
        <translation>mitgeliefert</translation>
    </message>
    <message>
        <source>{0}, {1:,} parameters</source>
        <translation>{0}, {1:,} Parameter</translation>
    </message>
    <message>
        <source>recordings</source>
        <translation>Aufnahmen</translation>
    </message>
    <message>
        <source>Ev&amp;aluate</source>
        <translation>Aus&amp;werten</translation>
    </message>
    <message>
        <source>Com&amp;pare with</source>
        <translation>Verglei&amp;chen mit</translation>
    </message>
    <message>
        <source>Both are asked about the clips that the other one was tested on</source>
        <translation>Beide hören die Aufnahmen, an denen das andere getestet wurde</translation>
    </message>
    <message>
        <source>Ev&amp;aluate on “{0}”</source>
        <translation>An „{0}“ aus&amp;werten</translation>
    </message>
    <message>
        <source>Choose a folder of recordings first</source>
        <translation>Wählen Sie zuerst einen Ordner mit Aufnahmen</translation>
    </message>
    <message>
        <source>{0} · in use</source>
        <translation>{0} · in Gebrauch</translation>
    </message>
    <message>
        <source>{n} word</source>
        <translation>{n} Wort</translation>
    </message>
    <message>
        <source>{n} words</source>
        <translation>{n} Wörter</translation>
    </message>
    <message>
        <source>Adapted from {0} to {1}. Knows {2}: {3}.</source>
        <translation>Von {0} an {1} angepasst. Kennt {2}: {3}.</translation>
    </message>
    <message>
        <source>{n:,} person</source>
        <translation>{n:,} Person</translation>
    </message>
    <message>
        <source>{n:,} people</source>
        <translation>{n:,} Personen</translation>
    </message>
    <message>
        <source>Learned {0} from {1}: {2}.</source>
        <translation>Hat {0} von {1} gelernt: {2}.</translation>
    </message>
    <message>
        <source>Knows {0}: {1}.</source>
        <translation>Kennt {0}: {1}.</translation>
    </message>
    <message>
        <source>{n:,} clip</source>
        <translation>{n:,} Aufnahme</translation>
    </message>
    <message>
        <source>{n:,} clips</source>
        <translation>{n:,} Aufnahmen</translation>
    </message>
    <message>
        <source>{0} right ({1} to {2}) on {3}</source>
        <translation>{0} richtig ({1} bis {2}) bei {3}</translation>
    </message>
    <message>
        <source>{0} of {1} clips right before, {2} after</source>
        <translation>{0} von {1} Aufnahmen vorher richtig, {2} nachher</translation>
    </message>
    <message>
        <source>Rename model</source>
        <translation>Modell umbenennen</translation>
    </message>
    <message>
        <source>New name</source>
        <translation>Neuer Name</translation>
    </message>
    <message>
        <source>Put the model “{0}” into the bin?</source>
        <translation>Das Modell „{0}“ in den Papierkorb legen?</translation>
    </message>
    <message>
        <source>Delete model</source>
        <translation>Modell löschen</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
</context>
<context>
    <name>Overview</name>
    <message>
        <source>Overview of the whole recording</source>
        <translation>Übersicht der ganzen Aufnahme</translation>
    </message>
    <message>
        <source>The whole recording: click or drag to look somewhere else</source>
        <translation>Die ganze Aufnahme: Klicken oder Ziehen zeigt eine andere Stelle</translation>
    </message>
</context>
<context>
    <name>Panes</name>
    <message>
        <source>Opening…</source>
        <translation>Wird geöffnet …</translation>
    </message>
</context>
<context>
    <name>PictureKeys</name>
    <message>
        <source>Zoom &amp;in</source>
        <translation>Ver&amp;größern</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <source>&amp;Zoom to the selection</source>
        <translation>Auf die Auswahl &amp;zoomen</translation>
    </message>
    <message>
        <source>Show &amp;everything</source>
        <translation>Alle&amp;s zeigen</translation>
    </message>
    <message>
        <source>Show the en&amp;d</source>
        <translation>Das En&amp;de zeigen</translation>
    </message>
    <message>
        <source>Move to the le&amp;ft</source>
        <translation>Nach &amp;links</translation>
    </message>
    <message>
        <source>Move to the &amp;right</source>
        <translation>Nach &amp;rechts</translation>
    </message>
    <message>
        <source>Move the crosshair</source>
        <translation>Das Fadenkreuz bewegen</translation>
    </message>
    <message>
        <source>Ctrl and an arrow</source>
        <translation>Strg und ein Pfeil</translation>
    </message>
    <message>
        <source>Select a time, and a band of frequencies</source>
        <translation>Eine Zeit auswählen, und einen Bereich von Frequenzen</translation>
    </message>
    <message>
        <source>Shift and an arrow</source>
        <translation>Umschalt und ein Pfeil</translation>
    </message>
</context>
<context>
    <name>PlanPage</name>
    <message>
        <source>Collections that can go on</source>
        <translation>Sammlungen, die weitergehen können</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>Weiter&amp;machen</translation>
    </message>
    <message>
        <source>Becomes a part of the file names</source>
        <translation>Wird ein Teil der Dateinamen</translation>
    </message>
    <message>
        <source>Separated by commas; any words can be recorded</source>
        <translation>Durch Kommas getrennt; beliebige Wörter können aufgenommen werden</translation>
    </message>
    <message>
        <source>Go on to the next word by &amp;itself</source>
        <translation>Von s&amp;elbst zum nächsten Wort weitergehen</translation>
    </message>
    <message>
        <source>&amp;Choose…</source>
        <translation>Wä&amp;hlen …</translation>
    </message>
    <message>
        <source>&amp;Begin</source>
        <translation>&amp;Beginnen</translation>
    </message>
    <message>
        <source>The program shows one word after another; you say it, and the recording is checked at once. The result is a folder that a model can be trained on, or adapted to. It stays on this computer.</source>
        <translation>Das Programm zeigt ein Wort nach dem anderen; Sie sagen es, und die Aufnahme wird sofort geprüft. Heraus kommt ein Ordner, mit dem ein Modell trainiert oder angepasst werden kann. Er bleibt auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Left unfinished:</source>
        <translation>Unvollendet:</translation>
    </message>
    <message>
        <source>&amp;Speaker</source>
        <translation>&amp;Sprecher</translation>
    </message>
    <message>
        <source>&amp;Words</source>
        <translation>&amp;Wörter</translation>
    </message>
    <message>
        <source>&amp;Rounds</source>
        <translation>&amp;Runden</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>&amp;Ordner</translation>
    </message>
    <message>
        <source>{0}: {1} of {2} words</source>
        <translation>{0}: {1} von {2} Wörtern</translation>
    </message>
    <message>
        <source>voice</source>
        <translation>Stimme</translation>
    </message>
    <message>
        <source>{n} recording, in about {time}.</source>
        <translation>{n} Aufnahme, in etwa {time}.</translation>
    </message>
    <message>
        <source>{n} recordings, in about {time}, in random order.</source>
        <translation>{n} Aufnahmen, in etwa {time}, in zufälliger Reihenfolge.</translation>
    </message>
    <message>
        <source>Where the new folder goes</source>
        <translation>Wohin der neue Ordner kommt</translation>
    </message>
</context>
<context>
    <name>ProbabilityBars</name>
    <message>
        <source>Probabilities</source>
        <translation>Wahrscheinlichkeiten</translation>
    </message>
</context>
<context>
    <name>ProblemsPanel</name>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Problems in the folder</source>
        <translation>Probleme im Ordner</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>ausgelassen</translation>
    </message>
    <message>
        <source>used all the same</source>
        <translation>trotzdem benutzt</translation>
    </message>
    <message>
        <source>{0}; {1:,} more in the report</source>
        <translation>{0}; {1:,} weitere im Bericht</translation>
    </message>
    <message>
        <source>all: {0:,}</source>
        <translation>alle: {0:,}</translation>
    </message>
    <message>
        <source>Nothing is wrong.</source>
        <translation>Alles in Ordnung.</translation>
    </message>
</context>
<context>
    <name>RecogniseTab</name>
    <message>
        <source>Press Space and say a digit</source>
        <translation>Drücken Sie die Leertaste und sagen Sie eine Ziffer</translation>
    </message>
    <message>
        <source>Use the demo</source>
        <translation>Demo verwenden</translation>
    </message>
    <message>
        <source>The digit you say appears here.</source>
        <translation>Die Ziffer, die Sie sagen, erscheint hier.</translation>
    </message>
    <message>
        <source>There is no model to ask. Choose one above.</source>
        <translation>Es gibt kein Modell zu fragen. Wählen Sie oben eines.</translation>
    </message>
    <message>
        <source>No sound</source>
        <translation>Kein Ton</translation>
    </message>
    <message>
        <source>Choose a source above.</source>
        <translation>Wählen Sie oben eine Quelle.</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>The input is being opened.</source>
        <translation>Der Eingang wird geöffnet.</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Press Space or the button, then say a digit.</source>
        <translation>Drücken Sie die Leertaste oder den Knopf und sagen Sie eine Ziffer.</translation>
    </message>
    <message>
        <source>Speak now</source>
        <translation>Jetzt sprechen</translation>
    </message>
    <message>
        <source>Esc cancels.</source>
        <translation>Esc bricht ab.</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Nimmt auf</translation>
    </message>
    <message>
        <source>One second. Esc cancels.</source>
        <translation>Eine Sekunde. Esc bricht ab.</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>Überlegt</translation>
    </message>
    <message>
        <source>Stop listening (L)</source>
        <translation>Zuhören beenden (L)</translation>
    </message>
    <message>
        <source>Listen (L)</source>
        <translation>Zuhören (L)</translation>
    </message>
    <message>
        <source>Say one digit after another. L or Esc stops.</source>
        <translation>Sagen Sie eine Ziffer nach der anderen. L oder Esc beendet.</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>Hört zu</translation>
    </message>
</context>
<context>
    <name>RecordButton</name>
    <message>
        <source>Record (Space)</source>
        <translation>Aufnehmen (Leertaste)</translation>
    </message>
    <message>
        <source>Record one second (Space); Esc cancels</source>
        <translation>Eine Sekunde aufnehmen (Leertaste); Esc bricht ab</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>No sound</source>
        <translation>Kein Ton</translation>
    </message>
</context>
<context>
    <name>RecordingsBin</name>
    <message>
        <source>{n} recording cannot be put into the bin: it is where it was.</source>
        <translation>{n} Aufnahme lässt sich nicht in den Papierkorb legen: Sie ist, wo sie war.</translation>
    </message>
    <message>
        <source>{n} recordings cannot be put into the bin: they are where they were.</source>
        <translation>{n} Aufnahmen lassen sich nicht in den Papierkorb legen: Sie sind, wo sie waren.</translation>
    </message>
    <message>
        <source>The recording is in the bin. Ctrl+Z brings it back.</source>
        <translation>Die Aufnahme ist im Papierkorb. Strg+Z holt sie zurück.</translation>
    </message>
    <message>
        <source>{n} recordings are in the bin. Ctrl+Z brings them back.</source>
        <translation>{n} Aufnahmen sind im Papierkorb. Strg+Z holt sie zurück.</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Something went wrong</source>
        <translation>Etwas ist schiefgegangen</translation>
    </message>
    <message>
        <source>Something unexpected went wrong. Your takes are still there: save them, then restart the program. The report below helps to mend the fault; it holds no sound.</source>
        <translation>Etwas Unerwartetes ist schiefgegangen. Ihre Aufnahmen sind noch da: Speichern Sie sie und starten Sie dann das Programm neu. Der Bericht unten hilft, den Fehler zu beheben; er enthält keinen Ton.</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
</context>
<context>
    <name>ResultsPage</name>
    <message>
        <source>Label</source>
        <translation>Wort</translation>
    </message>
    <message>
        <source>precision</source>
        <translation>Präzision</translation>
    </message>
    <message>
        <source>&amp;Use it</source>
        <translation>Es &amp;verwenden</translation>
    </message>
    <message>
        <source>&amp;Keep the old one</source>
        <translation>Beim alten b&amp;leiben</translation>
    </message>
    <message>
        <source>The new model stays among the models</source>
        <translation>Das neue Modell bleibt bei den Modellen</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>recall</source>
        <translation>Trefferquote</translation>
    </message>
    <message>
        <source>f1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>clips</source>
        <translation>Aufnahmen</translation>
    </message>
    <message>
        <source>Figures of each label</source>
        <translation>Zahlen zu jedem Wort</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Unterschied</translation>
    </message>
    <message>
        <source>Two models compared</source>
        <translation>Zwei Modelle im Vergleich</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Wörter</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Richtig</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95-%-Intervall</translation>
    </message>
    <message>
        <source>Speakers</source>
        <translation>Sprecher</translation>
    </message>
    <message>
        <source>Answered and right</source>
        <translation>Beantwortet und richtig</translation>
    </message>
    <message>
        <source>Right by speakers</source>
        <translation>Richtig nach Sprechern</translation>
    </message>
    <message>
        <source>Confusion</source>
        <translation>Verwechslungen</translation>
    </message>
    <message>
        <source>Each label</source>
        <translation>Jedes Wort</translation>
    </message>
    <message>
        <source>Difficult sound</source>
        <translation>Schwieriger Klang</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Kurven</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>{accuracy} right ({low} to {high} with 95 % confidence), {clips} of {speakers}</source>
        <translation>{accuracy} richtig ({low} bis {high} mit 95 % Sicherheit), {clips} von {speakers}</translation>
    </message>
    <message>
        <source>least right: {0}</source>
        <translation>am wenigsten richtig: {0}</translation>
    </message>
    <message>
        <source>“{0}” has {1:.1%} right and “{2}” {3:.1%}, of the same {4}.</source>
        <translation>„{0}“ hat {1:.1%} richtig und „{2}“ {3:.1%}, von denselben {4}.</translation>
    </message>
    <message>
        <source>“{0}”: {1:,}</source>
        <translation>„{0}“: {1:,}</translation>
    </message>
    <message>
        <source>The clip of the test:</source>
        <translation>Die Aufnahme des Tests:</translation>
    </message>
    <message>
        <source>All {n:,} clips of the test:</source>
        <translation>Alle {n:,} Aufnahmen des Tests:</translation>
    </message>
    <message>
        <source>{n:,} clip</source>
        <translation>{n:,} Aufnahme</translation>
    </message>
    <message>
        <source>&amp;Details</source>
        <translation>Ei&amp;nzelheiten</translation>
    </message>
    <message>
        <source>{n:,} clips</source>
        <translation>{n:,} Aufnahmen</translation>
    </message>
    <message>
        <source>{n:,} speaker</source>
        <translation>{n:,} Sprecher</translation>
    </message>
    <message>
        <source>{n:,} speakers</source>
        <translation>{n:,} Sprechern</translation>
    </message>
    <message>
        <source>, {0:,} skipped</source>
        <translation>, {0:,} übersprungen</translation>
    </message>
    <message>
        <source>Its worst mistakes, to be heard:</source>
        <translation>Seine schlimmsten Fehler, zum Anhören:</translation>
    </message>
    <message>
        <source>No clip of the test was taken for another.</source>
        <translation>Keine Aufnahme des Tests wurde verwechselt.</translation>
    </message>
    <message>
        <source>Which clips are wrong was not noted: evaluate it on a folder.</source>
        <translation>Welche Aufnahmen falsch sind, wurde nicht notiert: Werten Sie es an einem Ordner aus.</translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>They disagree on {n:,} clip; heard by “{other}”, and before by “{one}”:</source>
        <translation>Sie sind bei {n:,} Aufnahme uneins; gehört von „{other}“, zuvor von „{one}“:</translation>
    </message>
    <message>
        <source>They disagree on {n:,} clips; heard by “{other}”, and before by “{one}”:</source>
        <translation>Sie sind bei {n:,} Aufnahmen uneins; gehört von „{other}“, zuvor von „{one}“:</translation>
    </message>
    <message>
        <source>“{0}” taken for “{1}”: {2:,}</source>
        <translation>„{0}“ für „{1}“ gehalten: {2:,}</translation>
    </message>
</context>
<context>
    <name>RobustnessPage</name>
    <message>
        <source>Right in difficult sound</source>
        <translation>Richtig bei schwierigem Klang</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Klang</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>Aufnahmen</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Richtig</translation>
    </message>
    <message>
        <source>Nothing was measured yet.</source>
        <translation>Noch ist nichts gemessen.</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Sicherheit</translation>
    </message>
    <message>
        <source>Reliability diagram</source>
        <translation>Zuverlässigkeitsdiagramm</translation>
    </message>
    <message>
        <source>clean</source>
        <translation>unverändert</translation>
    </message>
    <message>
        <source>noise at {0} dB</source>
        <translation>Rauschen bei {0} dB</translation>
    </message>
    <message>
        <source>{0} ms earlier</source>
        <translation>{0} ms früher</translation>
    </message>
    <message>
        <source>{0} ms later</source>
        <translation>{0} ms später</translation>
    </message>
    <message>
        <source>{0} dB fainter</source>
        <translation>{0} dB leiser</translation>
    </message>
    <message>
        <source>{0} dB louder</source>
        <translation>{0} dB lauter</translation>
    </message>
    <message>
        <source>Evaluate the model on a folder to measure it in noise.</source>
        <translation>Werten Sie das Modell mit einem Ordner aus, um es im Geräusch zu messen.</translation>
    </message>
    <message>
        <source>{n} speaker: {median:.0%} right</source>
        <translation>{n} Sprecher: {median:.0%} richtig</translation>
    </message>
    <message>
        <source>{n} speakers: the median has {median:.0%} right, the worst {worst:.0%}</source>
        <translation>{n} Sprecher: Der mittlere hat {median:.0%} richtig, der schlechteste {worst:.0%}</translation>
    </message>
    <message>
        <source>{0:.0%} of {1:,} other words are turned down</source>
        <translation>{0:.0%} von {1:,} anderen Wörtern werden abgewiesen</translation>
    </message>
    <message>
        <source>{0:.0%} of {1:,} noises are turned down</source>
        <translation>{0:.0%} von {1:,} Geräuschen werden abgewiesen</translation>
    </message>
    <message>
        <source>{0:.1f} false alarms an hour of noise</source>
        <translation>{0:.1f} Fehlalarme in einer Stunde Geräusch</translation>
    </message>
    <message>
        <source>Expected calibration error {0:.3f}: how far confidence is from being right</source>
        <translation>Erwarteter Kalibrierfehler {0:.3f}: wie weit die Sicherheit vom Rechthaben entfernt ist</translation>
    </message>
</context>
<context>
    <name>RunBar</name>
    <message>
        <source>How far the training is</source>
        <translation>Wie weit das Training ist</translation>
    </message>
    <message>
        <source>Show the training</source>
        <translation>Das Training zeigen</translation>
    </message>
    <message>
        <source>Training: {0:.0%}</source>
        <translation>Training: {0:.0%}</translation>
    </message>
</context>
<context>
    <name>RunForm</name>
    <message>
        <source>by speaker</source>
        <translation>nach Sprechern</translation>
    </message>
    <message>
        <source>at random</source>
        <translation>zufällig</translation>
    </message>
    <message>
        <source>TensorBoard logs beside the models</source>
        <translation>TensorBoard-Protokolle neben den Modellen</translation>
    </message>
    <message>
        <source>needs TensorFlow, which is not here</source>
        <translation>braucht TensorFlow, das hier fehlt</translation>
    </message>
    <message>
        <source>about {0} on this computer</source>
        <translation>etwa {0} auf diesem Rechner</translation>
    </message>
    <message>
        <source>nothing (new weights)</source>
        <translation>nichts (neue Gewichte)</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>Architektur</translation>
    </message>
    <message>
        <source>Quick</source>
        <translation>Schnell</translation>
    </message>
    <message>
        <source>Builds on a network that has heard a great deal. Enough for most.</source>
        <translation>Baut auf einem Netz auf, das schon sehr viel gehört hat. Genügt meistens.</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>Am besten</translation>
    </message>
    <message>
        <source>The whole of that network goes on learning, from sound changed anew.</source>
        <translation>Das ganze Netz lernt weiter, aus immer neu verändertem Klang.</translation>
    </message>
    <message>
        <source>Notebook</source>
        <translation>Notebook</translation>
    </message>
    <message>
        <source>What this began as: a small network from nothing, a random split.</source>
        <translation>Womit alles begann: ein kleines Netz von Grund auf, zufällig geteilt.</translation>
    </message>
    <message>
        <source>Expert</source>
        <translation>Experte</translation>
    </message>
    <message>
        <source>Every setting that there is, by hand.</source>
        <translation>Jede Einstellung, die es gibt, von Hand.</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Aufteilung</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Zufallszahl</translation>
    </message>
    <message>
        <source>Epochs at most</source>
        <translation>Epochen höchstens</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>Stapelgröße</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>Beginnen mit</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>Geduld</translation>
    </message>
</context>
<context>
    <name>RunPage</name>
    <message>
        <source>Stop and &amp;keep the best</source>
        <translation>Anhalten und das Be&amp;ste behalten</translation>
    </message>
    <message>
        <source>&amp;Cancel and keep nothing</source>
        <translation>Abb&amp;rechen und nichts behalten</translation>
    </message>
    <message>
        <source>Detai&amp;ls</source>
        <translation>E&amp;inzelheiten</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Beginnt …</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Hält an …</translation>
    </message>
    <message>
        <source>How far the training is</source>
        <translation>Wie weit das Training ist</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>The run has said nothing for 30 seconds. On a slow computer it may still be loading; if this goes on, cancel it and start again.</source>
        <translation>Der Lauf hat seit 30 Sekunden nichts gesagt. Auf einem langsamen Rechner lädt er vielleicht noch; bleibt es so, brechen Sie ihn ab und beginnen Sie neu.</translation>
    </message>
    <message>
        <source>Looking at the recordings</source>
        <translation>Sieht die Aufnahmen durch</translation>
    </message>
    <message>
        <source>Computing the features</source>
        <translation>Berechnet die Merkmale</translation>
    </message>
    <message>
        <source>Getting ready to learn</source>
        <translation>Das Lernen wird vorbereitet</translation>
    </message>
    <message>
        <source>Learning the words</source>
        <translation>Die Wörter werden gelernt</translation>
    </message>
    <message>
        <source>Learning: epoch {0} of {1}</source>
        <translation>Es lernt: Epoche {0} von {1}</translation>
    </message>
    <message>
        <source>The best epoch is kept</source>
        <translation>Die beste Epoche wird behalten</translation>
    </message>
    <message>
        <source>Evaluating the model</source>
        <translation>Wertet das Modell aus</translation>
    </message>
    <message>
        <source>Measuring the model in difficult sound</source>
        <translation>Das Modell wird bei schwierigem Klang gemessen</translation>
    </message>
    <message>
        <source>Saving the model</source>
        <translation>Speichert das Modell</translation>
    </message>
    <message>
        <source>{n} label</source>
        <translation>{n} Wort</translation>
    </message>
    <message>
        <source>{n} labels</source>
        <translation>{n} Wörter</translation>
    </message>
    <message>
        <source>{architecture}, {parameters:,} parameters, at most {n} epoch</source>
        <translation>{architecture}, {parameters:,} Parameter, höchstens {n} Epoche</translation>
    </message>
    <message>
        <source>{architecture}, {parameters:,} parameters, at most {n} epochs</source>
        <translation>{architecture}, {parameters:,} Parameter, höchstens {n} Epochen</translation>
    </message>
</context>
<context>
    <name>SayPage</name>
    <message>
        <source>Words said</source>
        <translation>Gesagte Wörter</translation>
    </message>
    <message>
        <source>Say</source>
        <translation>Sagen Sie</translation>
    </message>
    <message>
        <source>Your recording appears here</source>
        <translation>Ihre Aufnahme erscheint hier</translation>
    </message>
    <message>
        <source>Choose a source</source>
        <translation>Quelle wählen</translation>
    </message>
    <message>
        <source>&amp;Keep (Enter)</source>
        <translation>&amp;Behalten (Eingabe)</translation>
    </message>
    <message>
        <source>&amp;Again (Space)</source>
        <translation>&amp;Noch einmal (Leertaste)</translation>
    </message>
    <message>
        <source>&amp;Play (P)</source>
        <translation>&amp;Wiedergeben (P)</translation>
    </message>
    <message>
        <source>&amp;Skip (N)</source>
        <translation>Aus&amp;lassen (N)</translation>
    </message>
    <message>
        <source>&amp;Back (Backspace)</source>
        <translation>&amp;Zurück (Rücktaste)</translation>
    </message>
    <message>
        <source>Keep this recording all the same</source>
        <translation>Diese Aufnahme trotzdem behalten</translation>
    </message>
    <message>
        <source>Remove the recording before and say its word again</source>
        <translation>Die vorige Aufnahme entfernen und ihr Wort noch einmal sagen</translation>
    </message>
    <message>
        <source>Leave this word out</source>
        <translation>Dieses Wort auslassen</translation>
    </message>
    <message>
        <source>Say {0}</source>
        <translation>Sagen Sie {0}</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
    <message>
        <source>Esc stops.</source>
        <translation>Esc beendet.</translation>
    </message>
    <message>
        <source>No sound</source>
        <translation>Kein Ton</translation>
    </message>
    <message>
        <source>Choose a source in the main window.</source>
        <translation>Wählen Sie im Hauptfenster eine Quelle.</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>The input is being opened.</source>
        <translation>Der Eingang wird geöffnet.</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Press Space, then say the word.</source>
        <translation>Drücken Sie die Leertaste und sagen Sie das Wort.</translation>
    </message>
    <message>
        <source>Speak now</source>
        <translation>Jetzt sprechen</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Nimmt auf</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>Prüft</translation>
    </message>
</context>
<context>
    <name>SettingsPanel</name>
    <message>
        <source>Window length in milliseconds</source>
        <translation>Fensterlänge in Millisekunden</translation>
    </message>
    <message>
        <source>From one column to the next, in milliseconds</source>
        <translation>Von einer Spalte zur nächsten, in Millisekunden</translation>
    </message>
    <message>
        <source>Length of the Fourier transform, in samples</source>
        <translation>Länge der Fouriertransformation in Abtastwerten</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Mel</source>
        <translation>Mel</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>Linear</translation>
    </message>
    <message>
        <source>The frequency axis</source>
        <translation>Die Frequenzachse</translation>
    </message>
    <message>
        <source>Number of Mel bands</source>
        <translation>Zahl der Mel-Bänder</translation>
    </message>
    <message>
        <source>Lowest frequency in Hz</source>
        <translation>Niedrigste Frequenz in Hz</translation>
    </message>
    <message>
        <source>Highest frequency in Hz</source>
        <translation>Höchste Frequenz in Hz</translation>
    </message>
    <message>
        <source>Darkest colour, in dB below the maximum</source>
        <translation>Dunkelste Farbe, in dB unter dem Maximum</translation>
    </message>
    <message>
        <source>Brightest colour, in dB below the maximum</source>
        <translation>Hellste Farbe, in dB unter dem Maximum</translation>
    </message>
    <message>
        <source>Magma</source>
        <translation>Magma</translation>
    </message>
    <message>
        <source>Viridis</source>
        <translation>Viridis</translation>
    </message>
    <message>
        <source>Cividis</source>
        <translation>Cividis</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Grau</translation>
    </message>
    <message>
        <source>From dark, low, to bright, high</source>
        <translation>Von dunkel, niedrig, bis hell, hoch</translation>
    </message>
    <message>
        <source>&amp;Z-score</source>
        <translation>Z-&amp;Wert</translation>
    </message>
    <message>
        <source>Zero mean and unit variance over the sound, as networks are given it</source>
        <translation>Mittelwert null und Varianz eins über den Klang, wie ihn Netze bekommen</translation>
    </message>
    <message>
        <source>At the file&apos;s own sample rate, not at the 8 kHz that a model is given</source>
        <translation>Mit der Abtastrate der Datei, nicht mit den 8 kHz, die ein Modell bekommt</translation>
    </message>
    <message>
        <source>Ho&amp;p, ms</source>
        <translation>Sch&amp;ritt, ms</translation>
    </message>
    <message>
        <source>FFT</source>
        <translation>FFT</translation>
    </message>
    <message>
        <source>Hz</source>
        <translation>Hz</translation>
    </message>
    <message>
        <source>dB</source>
        <translation>dB</translation>
    </message>
    <message>
        <source>Colo&amp;urs</source>
        <translation>&amp;Palette</translation>
    </message>
    <message>
        <source>The settings that suit the eye</source>
        <translation>Die Einstellungen, die dem Auge guttun</translation>
    </message>
    <message>
        <source>As recor&amp;ded</source>
        <translation>Wie aufgen&amp;ommen</translation>
    </message>
    <message>
        <source>Model&apos;s setti&amp;ngs</source>
        <translation>&amp;Vorgaben des Modells</translation>
    </message>
    <message>
        <source>Stand&amp;ard</source>
        <translation>&amp;Standard</translation>
    </message>
    <message>
        <source>Look at the sound as the model does</source>
        <translation>Den Klang ansehen, wie es das Modell tut</translation>
    </message>
    <message>
        <source>This model is given the samples themselves</source>
        <translation>Dieses Modell bekommt die Abtastwerte selbst</translation>
    </message>
    <message>
        <source>There is no model yet</source>
        <translation>Es gibt noch kein Modell</translation>
    </message>
    <message>
        <source>&amp;Window, ms</source>
        <translation>Fe&amp;nster, ms</translation>
    </message>
    <message>
        <source>A&amp;xis</source>
        <translation>A&amp;chse</translation>
    </message>
    <message>
        <source>Me&amp;ls</source>
        <translation>Me&amp;ls</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
</context>
<context>
    <name>SoundInspector</name>
    <message>
        <source>amplitude {0:+.4f}</source>
        <translation>Amplitude {0:+.4f}</translation>
    </message>
    <message>
        <source>Mel {0}</source>
        <translation>Mel {0}</translation>
    </message>
    <message>
        <source>bin {0}</source>
        <translation>Band {0}</translation>
    </message>
    <message>
        <source>dB</source>
        <translation>dB</translation>
    </message>
    <message>
        <source>deviations</source>
        <translation>Abweichungen</translation>
    </message>
</context>
<context>
    <name>SoundPane</name>
    <message>
        <source>Waveform and spectrogram</source>
        <translation>Wellenform und Spektrogramm</translation>
    </message>
    <message>
        <source>dB below maximum</source>
        <translation>dB unter dem Maximum</translation>
    </message>
    <message>
        <source>Standard deviations</source>
        <translation>Standardabweichungen</translation>
    </message>
</context>
<context>
    <name>SoundPlots</name>
    <message>
        <source>dB below maximum</source>
        <translation>dB unter dem Maximum</translation>
    </message>
    <message>
        <source>Time of day</source>
        <translation>Uhrzeit</translation>
    </message>
    <message>
        <source>Time in s</source>
        <translation>Zeit in s</translation>
    </message>
</context>
<context>
    <name>SoundTools</name>
    <message>
        <source>Play (P)</source>
        <translation>Abspielen (P)</translation>
    </message>
    <message>
        <source>Play the selection, from the position on, or what is visible (P)</source>
        <translation>Die Auswahl, von der Stelle an, oder das Sichtbare abspielen (P)</translation>
    </message>
    <message>
        <source>Crosshair</source>
        <translation>Fadenkreuz</translation>
    </message>
    <message>
        <source>Span</source>
        <translation>Abschnitt</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Follow what is heard now (End)</source>
        <translation>Dem folgen, was jetzt zu hören ist (Ende)</translation>
    </message>
    <message>
        <source>Zoom out (-)</source>
        <translation>Verkleinern (-)</translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation>Vergrößern (+)</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Show every second and every frequency (Home)</source>
        <translation>Jede Sekunde und jede Frequenz zeigen (Pos1)</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Stop (P)</source>
        <translation>Anhalten (P)</translation>
    </message>
    <message>
        <source>Selected</source>
        <translation>Ausgewählt</translation>
    </message>
    <message>
        <source>Visible</source>
        <translation>Sichtbar</translation>
    </message>
    <message>
        <source>{0:.0f}–{1:.0f} Hz, {2:.0f} Hz wide</source>
        <translation>{0:.0f}–{1:.0f} Hz, {2:.0f} Hz breit</translation>
    </message>
</context>
<context>
    <name>SpectrogramPlot</name>
    <message>
        <source>Time in s</source>
        <translation>Zeit in s</translation>
    </message>
    <message>
        <source>Frequency in Hz</source>
        <translation>Frequenz in Hz</translation>
    </message>
</context>
<context>
    <name>TakesPanel</name>
    <message>
        <source>Kept in memory only</source>
        <translation>Nur im Arbeitsspeicher</translation>
    </message>
    <message>
        <source>Takes, newest first</source>
        <translation>Aufnahmen, die neueste zuerst</translation>
    </message>
    <message>
        <source>Each take is listed here, to be heard again, corrected and kept.</source>
        <translation>Hier steht jede Aufnahme, zum Anhören, Berichtigen und Behalten.</translation>
    </message>
    <message>
        <source>The last {n} takes are in memory. They are gone when the window is closed, unless you save or export them, say what they were, or keep them for next time in {folder}, on this computer only. “More” lets you choose what always becomes of them.</source>
        <translation>Die letzten {n} Aufnahmen sind im Speicher. Sie sind weg, wenn das Fenster geschlossen wird, außer Sie sichern oder exportieren sie, sagen, was sie waren, oder behalten sie für das nächste Mal in {folder}, nur auf diesem Rechner. Unter „Mehr“ wählen Sie, was immer aus ihnen wird.</translation>
    </message>
    <message>
        <source>&amp;Wrong?</source>
        <translation>&amp;Falsch?</translation>
    </message>
    <message>
        <source>Say what the marked take was (W, or its digit at once)</source>
        <translation>Sagen, was die markierte Aufnahme war (W, oder gleich ihre Ziffer)</translation>
    </message>
    <message>
        <source>M&amp;ore</source>
        <translation>Meh&amp;r</translation>
    </message>
    <message>
        <source>What can be done with the marked take</source>
        <translation>Was mit der markierten Aufnahme getan werden kann</translation>
    </message>
    <message>
        <source>Forgotten when you quit</source>
        <translation>Beim Beenden vergessen</translation>
    </message>
    <message>
        <source>{0} in memory only</source>
        <translation>{0} nur im Speicher</translation>
    </message>
    <message>
        <source>Kept for next time</source>
        <translation>Für nächstes Mal behalten</translation>
    </message>
</context>
<context>
    <name>TaskRunner</name>
    <message>
        <source>Something unexpected went wrong.</source>
        <translation>Etwas Unerwartetes ist schiefgegangen.</translation>
    </message>
</context>
<context>
    <name>TeachClipsDialog</name>
    <message>
        <source>Teach with these clips</source>
        <translation>Mit diesen Clips lehren</translation>
    </message>
    <message>
        <source>A &amp;new model of these words</source>
        <translation>Ein &amp;neues Modell dieser Wörter</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>Ab&amp;brechen</translation>
    </message>
    <message>
        <source>&amp;Teach</source>
        <translation>&amp;Lehren</translation>
    </message>
    <message>
        <source>Clips that were wrong, or are now</source>
        <translation>Clips, die falsch waren oder es jetzt sind</translation>
    </message>
    <message>
        <source>&amp;Use it</source>
        <translation>Es &amp;verwenden</translation>
    </message>
    <message>
        <source>&amp;Keep the old one</source>
        <translation>Das alte &amp;behalten</translation>
    </message>
    <message>
        <source>The new model hears the clips: {0:,} of {1:,}…</source>
        <translation>Das neue Modell hört die Clips: {0:,} von {1:,} …</translation>
    </message>
    <message>
        <source>The clips are read and heard: {0:,} of {1:,}…</source>
        <translation>Die Clips werden gelesen und gehört: {0:,} von {1:,} …</translation>
    </message>
    <message>
        <source>&amp;Adapt “{0}”</source>
        <translation>„{0}“ &amp;anpassen</translation>
    </message>
    <message>
        <source>The model&apos;s standard test</source>
        <translation>Der Standardtest des Modells</translation>
    </message>
    <message>
        <source>It has learned from clips of the list, so the bars say better what it is worth. It stays among the models, whatever you choose.</source>
        <translation>Aus Clips der Liste hat es gelernt; was es taugt, sagen daher besser die Balken. Es bleibt unter den Modellen, wie Sie sich auch entscheiden.</translation>
    </message>
    <message>
        <source>Clips, each judged by a copy that had not learned from it</source>
        <translation>Clips, jeder von einer Kopie beurteilt, die nicht aus ihm gelernt hatte</translation>
    </message>
    <message>
        <source>Clips, each judged by a model that had not learned from it</source>
        <translation>Clips, jeder von einem Modell beurteilt, das nicht aus ihm gelernt hatte</translation>
    </message>
    <message>
        <source>Clips of {0} people whom it had not heard</source>
        <translation>Aufnahmen von {0} Leuten, die es nicht gehört hatte</translation>
    </message>
    <message>
        <source>Clips of people whom it had not heard: {0}</source>
        <translation>Clips von Menschen, die es nicht gehört hatte: {0}</translation>
    </message>
    <message>
        <source>Nothing has changed. “{0}” is among the models: choose it above.</source>
        <translation>Nichts hat sich geändert. „{0}“ ist unter den Modellen: Wählen Sie es oben.</translation>
    </message>
</context>
<context>
    <name>TeachDialog</name>
    <message>
        <source>Teach your own words</source>
        <translation>Eigene Wörter lehren</translation>
    </message>
    <message>
        <source>Type the words that you want to be understood, or keep these. You say each one five times; then a model that knows them is there, and in use. It stays on this computer.</source>
        <translation>Schreiben Sie die Wörter, die verstanden werden sollen, oder behalten Sie diese. Sie sagen jedes fünfmal; dann ist ein Modell da, das sie kennt, und in Gebrauch. Es bleibt auf diesem Rechner.</translation>
    </message>
    <message>
        <source>How far the learning is</source>
        <translation>Wie weit das Lernen ist</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>Ab&amp;brechen</translation>
    </message>
    <message>
        <source>Word</source>
        <translation>Wort</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>Verstanden</translation>
    </message>
    <message>
        <source>How sure</source>
        <translation>Wie sicher</translation>
    </message>
    <message>
        <source>How sure the model is of each word</source>
        <translation>Wie sicher das Modell bei jedem Wort ist</translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>&amp;Fertig</translation>
    </message>
    <message>
        <source>me</source>
        <translation>ich</translation>
    </message>
    <message>
        <source>Type at least two words, with a comma between.</source>
        <translation>Schreiben Sie mindestens zwei Wörter, mit einem Komma dazwischen.</translation>
    </message>
    <message>
        <source>my words {0}</source>
        <translation>meine Wörter {0}</translation>
    </message>
    <message>
        <source>Learning your words…</source>
        <translation>Ihre Wörter werden gelernt …</translation>
    </message>
    <message>
        <source>“{0}” is in use: it knows your words.</source>
        <translation>„{0}“ ist in Gebrauch: Es kennt Ihre Wörter.</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
    <message>
        <source>Say “{words}” again: it is not sure of that word yet.</source>
        <translation>Sagen Sie „{words}“ noch einmal: Bei diesem Wort ist es noch nicht sicher.</translation>
    </message>
    <message>
        <source>Say these {n} words again, of which it is not sure yet: {words}.</source>
        <translation>Sagen Sie diese {n} Wörter noch einmal, bei denen es noch nicht sicher ist: {words}.</translation>
    </message>
    <message>
        <source>It is sure of every word. Each clip was heard by a model without it.</source>
        <translation>Bei jedem Wort ist es sicher. Jede Aufnahme hörte ein Modell, das sie nicht kannte.</translation>
    </message>
    <message>
        <source>What you said is kept: it can be trained on under Train.</source>
        <translation>Was Sie gesagt haben, ist aufgehoben: Unter Trainieren kann daraus gelernt werden.</translation>
    </message>
    <message>
        <source>&amp;Say “{0}” again</source>
        <translation>„{0}“ noch einmal &amp;sagen</translation>
    </message>
</context>
<context>
    <name>ThresholdSlider</name>
    <message>
        <source>Answer from</source>
        <translation>Antworten ab</translation>
    </message>
    <message>
        <source>Confidence from which an answer is given</source>
        <translation>Sicherheit, ab der eine Antwort gegeben wird</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Back to what was chosen when the model was trained</source>
        <translation>Zurück zu dem, was beim Training des Modells gewählt wurde</translation>
    </message>
    <message>
        <source>What this costs was not measured for this model.</source>
        <translation>Was das kostet, wurde für dieses Modell nicht gemessen.</translation>
    </message>
    <message>
        <source>When measured: {0} of the digits answered, {1} of all else turned down</source>
        <translation>Gemessen: {0} der Ziffern beantwortet, {1} von allem anderen abgewiesen</translation>
    </message>
</context>
<context>
    <name>ToolRow</name>
    <message>
        <source>&amp;Open</source>
        <translation>Ö&amp;ffnen</translation>
    </message>
    <message>
        <source>Choose what to inspect</source>
        <translation>Wählen, was untersucht wird</translation>
    </message>
    <message>
        <source>Searching for sound files…</source>
        <translation>Sucht nach Klangdateien …</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>Ver&amp;gleichen</translation>
    </message>
    <message>
        <source>Keep this clip above, to compare others with it (C)</source>
        <translation>Diese Aufnahme oben behalten, um andere mit ihr zu vergleichen (C)</translation>
    </message>
    <message>
        <source>Show or hide the settings (S)</source>
        <translation>Einstellungen zeigen oder verbergen (S)</translation>
    </message>
    <message>
        <source>Se&amp;ttings</source>
        <translation>E&amp;instellungen</translation>
    </message>
    <message>
        <source>&amp;Files…</source>
        <translation>&amp;Dateien …</translation>
    </message>
    <message>
        <source>F&amp;older…</source>
        <translation>&amp;Ordner …</translation>
    </message>
</context>
<context>
    <name>Traces</name>
    <message>
        <source>Your recordings, kept takes, collections and models</source>
        <translation>Ihre Aufnahmen, behaltene wie berichtigte, Sammlungen und Modelle</translation>
    </message>
    <message>
        <source>What you have set</source>
        <translation>Was Sie eingestellt haben</translation>
    </message>
    <message>
        <source>What can be found out again, and may be deleted at any time</source>
        <translation>Was sich wieder herausfinden lässt und jederzeit gelöscht werden darf</translation>
    </message>
    <message>
        <source>What happened, for whoever mends a fault</source>
        <translation>Was geschehen ist, für alle, die einen Fehler beheben</translation>
    </message>
    <message>
        <source>delete {folder}</source>
        <translation>{folder} löschen</translation>
    </message>
    <message>
        <source>&lt;p&gt;To remove everything, delete these folders, and the program: {command}&lt;/p&gt;&lt;p&gt;Nothing lies anywhere else, and nothing leaves this computer.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Um alles zu entfernen, löschen Sie diese Ordner und das Programm: {command}&lt;/p&gt;&lt;p&gt;Sonst liegt nirgends etwas, und nichts verlässt diesen Rechner.&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>TrainPage</name>
    <message>
        <source>a training that has not finished its first epoch</source>
        <translation>ein Training, das seine erste Epoche noch nicht beendet hat</translation>
    </message>
</context>
<context>
    <name>TrainTab</name>
    <message>
        <source>Saved {0}</source>
        <translation>Gespeichert: {0}</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>Bericht speichern</translation>
    </message>
    <message>
        <source>The new model is “{0}”.</source>
        <translation>Das neue Modell heißt „{0}“.</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was kept.</source>
        <translation>Abgebrochen. Nichts wurde behalten.</translation>
    </message>
    <message>
        <source>“{0}” is in use now.</source>
        <translation>„{0}“ ist jetzt in Gebrauch.</translation>
    </message>
    <message>
        <source>“{0}” came without results. Evaluate it on a folder.</source>
        <translation>„{0}“ kam ohne Ergebnisse. Werten Sie es an einem Ordner aus.</translation>
    </message>
    <message>
        <source>Evaluating “{0}” on “{1}”…</source>
        <translation>„{0}“ wird an „{1}“ ausgewertet …</translation>
    </message>
    <message>
        <source>Asking “{0}” and “{1}” about the same clips…</source>
        <translation>„{0}“ und „{1}“ hören dieselben Aufnahmen …</translation>
    </message>
    <message>
        <source>“{0}” on “{1}”</source>
        <translation>„{0}“ an „{1}“</translation>
    </message>
</context>
<context>
    <name>TrainingController</name>
    <message>
        <source>A run is going on already: stop it first.</source>
        <translation>Es läuft schon ein Training: Halten Sie es zuerst an.</translation>
    </message>
    <message>
        <source>The training of “{name}” is not finished: let it go on, discard it, or choose another name.</source>
        <translation>Das Training von „{name}“ ist nicht beendet: Lassen Sie es weitergehen, verwerfen Sie es oder wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>“{name}” cannot be put into the bin. Its folder is {path}.</source>
        <translation>„{name}“ kann nicht in den Papierkorb gelegt werden. Der Ordner ist {path}.</translation>
    </message>
    <message>
        <source>What it had done up to its last epoch is kept: it can go on.</source>
        <translation>Was er bis zu seiner letzten Epoche getan hat, ist erhalten: er kann weitermachen.</translation>
    </message>
</context>
<context>
    <name>UnfinishedRun</name>
    <message>
        <source>Go on</source>
        <translation>Weitermachen</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>The training of “{name}” was cut off before its first epoch was over.</source>
        <translation>Das Training von „{name}“ wurde abgebrochen, bevor seine erste Epoche vorbei war.</translation>
    </message>
    <message>
        <source>The training of “{name}” was cut off. It can go on from its last epoch.</source>
        <translation>Das Training von „{name}“ wurde abgebrochen. Es kann nach seiner letzten Epoche weitergehen.</translation>
    </message>
    <message>
        <source>Begin again</source>
        <translation>Von vorn beginnen</translation>
    </message>
</context>
<context>
    <name>VoiceMenu</name>
    <message>
        <source>M&amp;y voice</source>
        <translation>Meine S&amp;timme</translation>
    </message>
    <message>
        <source>&amp;Teach your own words…</source>
        <translation>&amp;Eigene Wörter lehren …</translation>
    </message>
    <message>
        <source>&amp;Collect recordings…</source>
        <translation>Aufnahmen &amp;sammeln …</translation>
    </message>
    <message>
        <source>&amp;Adapt the model…</source>
        <translation>Das Modell &amp;anpassen …</translation>
    </message>
    <message>
        <source>My &amp;recordings…</source>
        <translation>Meine A&amp;ufnahmen …</translation>
    </message>
    <message>
        <source>What you have corrected and collected. It lies in {0}</source>
        <translation>Was Sie berichtigt und gesammelt haben. Es liegt in {0}</translation>
    </message>
    <message>
        <source>Speaker&apos;s &amp;name…</source>
        <translation>&amp;Name des Sprechers …</translation>
    </message>
    <message>
        <source>the rest of a collection under way (what is recorded is kept)</source>
        <translation>den Rest einer laufenden Sammlung (was aufgenommen ist, bleibt)</translation>
    </message>
    <message>
        <source>a model that learns your words (they are kept)</source>
        <translation>ein Modell, das Ihre Wörter lernt (sie bleiben erhalten)</translation>
    </message>
    <message>
        <source>a model that learns from clips (they are kept)</source>
        <translation>ein Modell, das aus Clips lernt (sie bleiben erhalten)</translation>
    </message>
    <message>
        <source>an adaptation under way</source>
        <translation>eine laufende Anpassung</translation>
    </message>
    <message>
        <source>me</source>
        <translation>ich</translation>
    </message>
    <message>
        <source>There are no recordings of yours yet: correct some takes, or collect some.</source>
        <translation>Noch gibt es keine Aufnahmen von Ihnen: Berichtigen Sie einige, oder sammeln Sie welche.</translation>
    </message>
    <message>
        <source>Collected: {0}</source>
        <translation>Gesammelt: {0}</translation>
    </message>
    <message>
        <source>Takes that you have corrected</source>
        <translation>Aufnahmen, die Sie berichtigt haben</translation>
    </message>
    <message>
        <source>“{0}” is in use now. “{1}” is still there: choose it above to go back.</source>
        <translation>„{0}“ wird jetzt verwendet. „{1}“ ist noch da: Wählen Sie es oben, um zurückzukehren.</translation>
    </message>
</context>
<context>
    <name>WaveformPlot</name>
    <message>
        <source>Amplitude</source>
        <translation>Amplitude</translation>
    </message>
</context>
<context>
    <name>WordsMenu</name>
    <message>
        <source>Lines of text…</source>
        <translation>Zeilen Text …</translation>
    </message>
    <message>
        <source>Table (CSV)…</source>
        <translation>Tabelle (CSV) …</translation>
    </message>
    <message>
        <source>JSON lines…</source>
        <translation>JSON-Zeilen …</translation>
    </message>
    <message>
        <source>Labels for Audacity…</source>
        <translation>Textmarken für Audacity …</translation>
    </message>
    <message>
        <source>TextGrid for Praat…</source>
        <translation>TextGrid für Praat …</translation>
    </message>
</context>
<context>
    <name>WordsPanel</name>
    <message>
        <source>How far the recording is heard</source>
        <translation>Wie weit die Aufnahme gehört ist</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Copy the words as a table</source>
        <translation>Die Wörter als Tabelle kopieren</translation>
    </message>
    <message>
        <source>Words of the recording</source>
        <translation>Wörter der Aufnahme</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save the words for another program</source>
        <translation>Die Wörter für ein anderes Programm speichern</translation>
    </message>
    <message>
        <source>{0}; heard up to {1}</source>
        <translation>{0}; gehört bis {1}</translation>
    </message>
    <message>
        <source>Words of a longer recording</source>
        <translation>Wörter einer längeren Aufnahme</translation>
    </message>
    <message>
        <source>the file breaks off there</source>
        <translation>dort bricht die Datei ab</translation>
    </message>
    <message>
        <source>No word</source>
        <translation>Kein Wort</translation>
    </message>
    <message>
        <source>No word yet</source>
        <translation>Noch kein Wort</translation>
    </message>
    <message>
        <source>{n} word</source>
        <translation>{n} Wort</translation>
    </message>
    <message>
        <source>{n} words</source>
        <translation>{n} Wörter</translation>
    </message>
</context>
<context>
    <name>ask</name>
    <message>
        <source>Quit?</source>
        <translation>Beenden?</translation>
    </message>
    <message>
        <source>If you quit now, you lose {0}.</source>
        <translation>Wenn Sie jetzt beenden, verlieren Sie {0}.</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Do not ask about this again</source>
        <translation>&amp;Danach nicht mehr fragen</translation>
    </message>
    <message>
        <source>{n} take was not saved. What is to become of it?</source>
        <translation>{n} Aufnahme wurde nicht gesichert. Was soll aus ihr werden?</translation>
    </message>
    <message>
        <source>{n} takes were not saved. What is to become of them?</source>
        <translation>{n} Aufnahmen wurden nicht gesichert. Was soll aus ihnen werden?</translation>
    </message>
    <message>
        <source>If you quit now, you also lose {0}.</source>
        <translation>Wenn Sie jetzt beenden, verlieren Sie auch {0}.</translation>
    </message>
    <message>
        <source>What is kept stays on this computer, in {0}.</source>
        <translation>Was behalten wird, bleibt auf diesem Rechner, in {0}.</translation>
    </message>
    <message>
        <source>&amp;Keep for next time</source>
        <translation>Für nächstes Mal &amp;behalten</translation>
    </message>
    <message>
        <source>Save as a &amp;folder…</source>
        <translation>Als &amp;Ordner sichern…</translation>
    </message>
    <message>
        <source>&amp;Discard</source>
        <translation>&amp;Verwerfen</translation>
    </message>
    <message>
        <source>&amp;Always do this with takes</source>
        <translation>&amp;Immer so mit Aufnahmen</translation>
    </message>
    <message>
        <source>It can be changed under Record, Kept takes.</source>
        <translation>Es lässt sich unter Aufnehmen, Behaltene Aufnahmen ändern.</translation>
    </message>
    <message>
        <source>{0}Whose voice is it? The name becomes a part of the recordings&apos; names.
They are kept in {1}, on this computer only.</source>
        <translation>{0}Wessen Stimme ist es? Der Name wird ein Teil der Namen der Aufnahmen.
Sie liegen in {1}, nur auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Speaker&apos;s name</source>
        <translation>Name des Sprechers</translation>
    </message>
    <message>
        <source>Sound ({patterns});;All files (*)</source>
        <translation>Klang ({patterns});;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Save the words</source>
        <translation>Wörter speichern</translation>
    </message>
    <message>
        <source>The words are in {0}.</source>
        <translation>Die Wörter sind in {0}.</translation>
    </message>
</context>
<context>
    <name>changes</name>
    <message>
        <source>a correction</source>
        <translation>eine Korrektur</translation>
    </message>
    <message>
        <source>The correction is taken back.</source>
        <translation>Die Korrektur ist zurückgenommen.</translation>
    </message>
    <message>
        <source>Nothing was said of it: there is nothing to take back.</source>
        <translation>Dazu wurde nichts gesagt: Es gibt nichts zurückzunehmen.</translation>
    </message>
    <message>
        <source>It is kept as “{0}” already.</source>
        <translation>Sie ist schon als „{0}“ abgelegt.</translation>
    </message>
    <message>
        <source>Kept as “{0}”: {1}. Ctrl+Z takes it back.</source>
        <translation>Abgelegt als „{0}“: {1}. Strg+Z nimmt es zurück.</translation>
    </message>
    <message>
        <source>Corrected to “{0}”: {1}. Ctrl+Z takes it back.</source>
        <translation>Korrigiert zu „{0}“: {1}. Strg+Z nimmt es zurück.</translation>
    </message>
    <message>
        <source>{n} clip is corrected. Ctrl+Z takes it back.</source>
        <translation>{n} Aufnahme ist korrigiert. Strg+Z nimmt es zurück.</translation>
    </message>
    <message>
        <source>{n} clips are corrected. Ctrl+Z takes it back.</source>
        <translation>{n} Aufnahmen sind korrigiert. Strg+Z nimmt es zurück.</translation>
    </message>
    <message>
        <source>deleting a take</source>
        <translation>Löschen einer Aufnahme</translation>
    </message>
    <message>
        <source>deleting takes</source>
        <translation>Löschen von Aufnahmen</translation>
    </message>
    <message>
        <source>The take is deleted. Ctrl+Z brings it back.</source>
        <translation>Die Aufnahme ist gelöscht. Strg+Z holt sie zurück.</translation>
    </message>
    <message>
        <source>{n} takes are deleted. Ctrl+Z brings them back.</source>
        <translation>{n} Aufnahmen sind gelöscht. Strg+Z holt sie zurück.</translation>
    </message>
    <message>
        <source>The take is back.</source>
        <translation>Die Aufnahme ist wieder da.</translation>
    </message>
    <message>
        <source>{n} takes are back.</source>
        <translation>{n} Aufnahmen sind wieder da.</translation>
    </message>
</context>
<context>
    <name>clips</name>
    <message>
        <source>problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>unsaved</source>
        <translation>ungesichert</translation>
    </message>
    <message>
        <source>corrected</source>
        <translation>korrigiert</translation>
    </message>
    <message>
        <source>saved</source>
        <translation>gesichert</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>behalten</translation>
    </message>
    <message>
        <source>Asked: {0}</source>
        <translation>Gefragt: {0}</translation>
    </message>
    <message>
        <source>Kept as {0}</source>
        <translation>Abgelegt als {0}</translation>
    </message>
    <message>
        <source>Choose the folder of the recordings to see the clip.</source>
        <translation>Wählen Sie den Ordner der Aufnahmen, um die Aufnahme zu sehen.</translation>
    </message>
    <message>
        <source>The clip lies outside of the folder.</source>
        <translation>Die Aufnahme liegt außerhalb des Ordners.</translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>{n:,} clip</source>
        <translation>{n:,} Aufnahme</translation>
    </message>
    <message>
        <source>{n:,} clips</source>
        <translation>{n:,} Aufnahmen</translation>
    </message>
    <message>
        <source>{n} speaker</source>
        <translation>{n} Sprecher</translation>
    </message>
    <message>
        <source>{n} speakers</source>
        <translation>{n} Sprechern</translation>
    </message>
    <message>
        <source>validation must be between 0 and 0.5, not {validation}.</source>
        <translation>validation muss zwischen 0 und 0,5 liegen, nicht {validation}.</translation>
    </message>
    <message>
        <source>seed must be in 0 to {most}, not {seed}.</source>
        <translation>seed muss zwischen 0 und {most} liegen, nicht {seed}.</translation>
    </message>
    <message>
        <source>{n} file was skipped.</source>
        <translation>{n} Datei wurde übersprungen.</translation>
    </message>
    <message>
        <source>{n} files were skipped.</source>
        <translation>{n} Dateien wurden übersprungen.</translation>
    </message>
    <message>
        <source>There is no file {path}.</source>
        <translation>Es gibt keine Datei {path}.</translation>
    </message>
    <message>
        <source>{path} cannot be a folder: {reason}.</source>
        <translation>{path} kann kein Ordner sein: {reason}.</translation>
    </message>
    <message>
        <source>What was learned of the recordings cannot be kept in {folder}: {reason}. Make room there, or make it writable.</source>
        <translation>Was über die Aufnahmen bekannt wurde, kann in {folder} nicht aufbewahrt werden: {reason}. Schaffen Sie dort Platz oder machen Sie den Ordner beschreibbar.</translation>
    </message>
    <message>
        <source>What was learned of the recordings in {folder} cannot be removed: {reason}.</source>
        <translation>Was über die Aufnahmen in {folder} bekannt wurde, kann nicht entfernt werden: {reason}.</translation>
    </message>
    <message>
        <source>What was learned of the recordings in {folder} is being used by another process. Try again when it is done.</source>
        <translation>Was über die Aufnahmen in {folder} bekannt wurde, wird gerade von einem anderen Vorgang benutzt. Versuchen Sie es noch einmal, wenn er fertig ist.</translation>
    </message>
    <message>
        <source>Nothing can be written to {folder}: {reason}. Make room, or choose another folder.</source>
        <translation>In {folder} kann nichts geschrieben werden: {reason}. Schaffen Sie Platz oder wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Choose at least one word to record.</source>
        <translation>Wählen Sie mindestens ein Wort zum Aufnehmen.</translation>
    </message>
    <message>
        <source>Rounds must be 1 to {most}, not {rounds}.</source>
        <translation>Es müssen 1 bis {most} Runden sein, nicht {rounds}.</translation>
    </message>
    <message>
        <source>{folder} is not empty: choose another name.</source>
        <translation>{folder} ist nicht leer: Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>The collection in {folder} cannot go on: its state is damaged ({reason}). What was recorded is whole; begin another one.</source>
        <translation>Die Sammlung in {folder} kann nicht weitergehen: Ihr Zustand ist beschädigt ({reason}). Was aufgenommen wurde, ist heil; beginnen Sie eine neue.</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>too short</source>
        <translation>zu kurz</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>still</translation>
    </message>
    <message>
        <source>duplicate</source>
        <translation>doppelt</translation>
    </message>
    <message>
        <source>same sound under two labels</source>
        <translation>gleicher Klang unter zwei Wörtern</translation>
    </message>
    <message>
        <source>stray file</source>
        <translation>fremde Datei</translation>
    </message>
    <message>
        <source>clipped</source>
        <translation>übersteuert</translation>
    </message>
    <message>
        <source>longer than a second</source>
        <translation>länger als eine Sekunde</translation>
    </message>
    <message>
        <source>speaker unknown</source>
        <translation>Sprecher unbekannt</translation>
    </message>
    <message>
        <source>unusual name</source>
        <translation>ungewöhnlicher Name</translation>
    </message>
    <message>
        <source>list of names</source>
        <translation>Namensliste</translation>
    </message>
    <message>
        <source>few clips</source>
        <translation>wenige Aufnahmen</translation>
    </message>
    <message>
        <source>fewer than two labels</source>
        <translation>weniger als zwei Wörter</translation>
    </message>
    <message>
        <source>{seconds:.3f} s</source>
        <translation>{seconds:.3f} s</translation>
    </message>
    <message>
        <source>the loudest 50 ms have {loudest:.0f} dBFS</source>
        <translation>die lautesten 50 ms haben {loudest:.0f} dBFS</translation>
    </message>
    <message>
        <source>{seconds:.3f} s at full scale</source>
        <translation>{seconds:.3f} s am Anschlag</translation>
    </message>
    <message>
        <source>{seconds:.2f} s, used from {start:.2f} s</source>
        <translation>{seconds:.2f} s, verwendet ab {start:.2f} s</translation>
    </message>
    <message>
        <source>deeper than a label&apos;s folder</source>
        <translation>tiefer als der Ordner eines Wortes</translation>
    </message>
    <message>
        <source>beside the folders for training and test</source>
        <translation>neben den Ordnern für Training und Test</translation>
    </message>
    <message>
        <source>in a folder that is no label</source>
        <translation>in einem Ordner, der kein Wort ist</translation>
    </message>
    <message>
        <source>taken for a label, but names of files in it say digits, as {name}</source>
        <translation>als Wort genommen, aber Dateinamen darin nennen Ziffern, wie {name}</translation>
    </message>
    <message>
        <source>taken for a speaker, and so are the other folders like it</source>
        <translation>als Sprecher genommen, wie die anderen Ordner dieser Art</translation>
    </message>
    <message>
        <source>taken for no label: all recordings lie in it</source>
        <translation>nicht als Wort genommen: Alle Aufnahmen liegen darin</translation>
    </message>
    <message>
        <source>in no label&apos;s folder, and not {name}</source>
        <translation>im Ordner keines Wortes, und nicht {name}</translation>
    </message>
    <message>
        <source>not taken for a label: names of files in it say digits</source>
        <translation>nicht als Wort genommen: Dateinamen darin nennen Ziffern</translation>
    </message>
    <message>
        <source>taken for “{label}”</source>
        <translation>als „{label}“ genommen</translation>
    </message>
    <message>
        <source>{folder} holds no recordings. Expected are {one} or {other}.</source>
        <translation>{folder} enthält keine Aufnahmen. Erwartet werden {one} oder {other}.</translation>
    </message>
    <message>
        <source>cannot be entered: {reason}</source>
        <translation>kann nicht betreten werden: {reason}</translation>
    </message>
    <message>
        <source>{n} of its {total} names are not in the folder, as {name}</source>
        <translation>{n} der {total} Namen darin gibt es im Ordner nicht, etwa {name}</translation>
    </message>
    <message>
        <source>{folder} holds no recordings that can be reached: {name} {reason}.</source>
        <translation>{folder} enthält keine erreichbaren Aufnahmen: {name} {reason}.</translation>
    </message>
    <message>
        <source>There is no folder {folder}.</source>
        <translation>Es gibt keinen Ordner {folder}.</translation>
    </message>
    <message>
        <source>{folder} cannot be read: {reason}.</source>
        <translation>{folder} kann nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>cannot be read: {reason}</source>
        <translation>kann nicht gelesen werden: {reason}</translation>
    </message>
    <message>
        <source>a link to a folder, which is not followed</source>
        <translation>eine Verknüpfung mit einem Ordner, der nicht gefolgt wird</translation>
    </message>
    <message>
        <source>no {kinds}</source>
        <translation>keine {kinds}</translation>
    </message>
    <message>
        <source>A speaker&apos;s name needs a letter or a digit.</source>
        <translation>Der Name eines Sprechers braucht einen Buchstaben oder eine Ziffer.</translation>
    </message>
    <message>
        <source>“{word}” cannot be a label: use a word of letters and digits, at most {longest} of them.</source>
        <translation>„{word}“ kann kein Wort des Datensatzes sein: Nehmen Sie eines aus Buchstaben und Ziffern, höchstens {longest} davon.</translation>
    </message>
    <message>
        <source>The recording cannot be saved in {folder}: {reason}. Make room there, or see that the folder can be written to.</source>
        <translation>Die Aufnahme kann in {folder} nicht gespeichert werden: {reason}. Schaffen Sie dort Platz oder sorgen Sie dafür, dass in den Ordner geschrieben werden kann.</translation>
    </message>
    <message>
        <source>{file} has changed since: it is left where it is.</source>
        <translation>{file} hat sich seitdem geändert und bleibt, wo sie ist.</translation>
    </message>
    <message>
        <source>{file} cannot be removed: {reason}.</source>
        <translation>{file} kann nicht entfernt werden: {reason}.</translation>
    </message>
    <message>
        <source>labels with clips: {labels}</source>
        <translation>Wörter mit Aufnahmen: {labels}</translation>
    </message>
    <message>
        <source>A model needs recordings of at least two labels; of the chosen ones {folder} has {found}. Choose another folder or more labels.</source>
        <translation>Ein Modell braucht Aufnahmen von mindestens zwei Wörtern; von den gewählten hat {folder} {found}. Wählen Sie einen anderen Ordner oder mehr Wörter.</translation>
    </message>
    <message>
        <source>expected {name}</source>
        <translation>erwartet: {name}</translation>
    </message>
    <message>
        <source>none can be used</source>
        <translation>keine ist zu gebrauchen</translation>
    </message>
    <message>
        <source>The label “{label}” has a single clip, which cannot be both learned and checked. Add more, or leave the label out.</source>
        <translation>Das Wort „{label}“ hat eine einzige Aufnahme, die nicht zugleich gelernt und geprüft werden kann. Nehmen Sie weitere auf oder lassen Sie das Wort weg.</translation>
    </message>
    <message>
        <source>the same: {names}</source>
        <translation>gleich: {names}</translation>
    </message>
    <message>
        <source>same as {name}</source>
        <translation>gleich wie {name}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>{sides}.</source>
        <translation>{sides}.</translation>
    </message>
    <message>
        <source>{n:,} clip of {speakers}</source>
        <translation>{n:,} Aufnahme von {speakers}</translation>
    </message>
    <message>
        <source>{n:,} clips of {speakers}</source>
        <translation>{n:,} Aufnahmen von {speakers}</translation>
    </message>
    <message>
        <source>{learned} for learning, {validated} for validation, {tested} for the test</source>
        <translation>{learned} zum Lernen, {validated} zur Validierung, {tested} zum Testen</translation>
    </message>
    <message>
        <source>{learned} for learning, {validated} for validation</source>
        <translation>{learned} zum Lernen, {validated} zur Validierung</translation>
    </message>
    <message>
        <source>{sides}, as the folder itself divides them</source>
        <translation>{sides}, wie der Ordner selbst sie aufteilt</translation>
    </message>
    <message>
        <source>{sides}. Warning: {n} speaker stands on both sides, so the figures say nothing about people the model never heard.</source>
        <translation>{sides}. Achtung: {n} Sprecher steht auf beiden Seiten, darum sagen die Zahlen nichts über Menschen, die das Modell nie gehört hat.</translation>
    </message>
    <message>
        <source>{sides}. Warning: {n} speakers stand on both sides, so the figures say nothing about people the model never heard.</source>
        <translation>{sides}. Achtung: {n} Sprecher stehen auf beiden Seiten, darum sagen die Zahlen nichts über Menschen, die das Modell nie gehört hat.</translation>
    </message>
    <message>
        <source>{sides}. Who speaks in {n} clip is not known, so the figures may be of people the model has heard.</source>
        <translation>{sides}. Wer in {n} Aufnahme spricht, ist nicht bekannt, darum können die Zahlen von Menschen stammen, die das Modell gehört hat.</translation>
    </message>
    <message>
        <source>{sides}. Who speaks in {n} clips is not known, so the figures may be of people the model has heard.</source>
        <translation>{sides}. Wer in {n} Aufnahmen spricht, ist nicht bekannt, darum können die Zahlen von Menschen stammen, die das Modell gehört hat.</translation>
    </message>
    <message>
        <source>{have}, and a split by speaker needs three: for learning, for validation, and for the test. Choose the random split instead; its figures say nothing about people it never heard.</source>
        <translation>{have}, und eine Aufteilung nach Sprechern braucht drei: zum Lernen, zur Validierung und zum Testen. Wählen Sie stattdessen die zufällige Aufteilung; deren Zahlen sagen nichts über Menschen, die das Modell nie gehört hat.</translation>
    </message>
    <message>
        <source>Split by speaker, nobody is left to learn {labels} from. Add speakers of it, leave the label out, or choose the random split.</source>
        <translation>Nach Sprechern aufgeteilt bleibt niemand, um {labels} zu lernen. Fügen Sie Sprecher davon hinzu, lassen Sie das Wort weg oder wählen Sie die zufällige Aufteilung.</translation>
    </message>
    <message>
        <source>{n} clips are too few to set {share:.0%} of every label aside ({reason}). Add clips, or change the share.</source>
        <translation>{n} Aufnahmen sind zu wenige, um {share:.0%} jedes Wortes beiseitezulegen ({reason}). Fügen Sie Aufnahmen hinzu oder ändern Sie den Anteil.</translation>
    </message>
    <message>
        <source>The clips have {n} known speaker</source>
        <translation>Die Aufnahmen haben {n} bekannten Sprecher</translation>
    </message>
    <message>
        <source>The clips have {n} known speakers</source>
        <translation>Die Aufnahmen haben {n} bekannte Sprecher</translation>
    </message>
    <message>
        <source>None of the recordings can be read any more: {folder} and the others may be gone. Bring them back and try again.</source>
        <translation>Keine der Aufnahmen kann mehr gelesen werden: {folder} und die anderen sind vielleicht weg. Bringen Sie sie zurück und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>None of the recordings has a label that the model knows: {labels}.</source>
        <translation>Keine der Aufnahmen hat ein Wort, das das Modell kennt: {labels}.</translation>
    </message>
    <message>
        <source>The model “{model}” does not tell which clips it was tested on.</source>
        <translation>Das Modell „{model}“ sagt nicht, mit welchen Aufnahmen es getestet wurde.</translation>
    </message>
    <message>
        <source>The model card {file} is too long to be shown.</source>
        <translation>Die Modellkarte {file} ist zu lang, um gezeigt zu werden.</translation>
    </message>
    <message>
        <source>None of the recordings is of {labels}.</source>
        <translation>Keine der Aufnahmen ist von {labels}.</translation>
    </message>
    <message>
        <source>{name} must end in .keras, .h5 or .tflite.</source>
        <translation>{name} muss auf .keras, .h5 oder .tflite enden.</translation>
    </message>
    <message>
        <source>{path} exists already: choose another name.</source>
        <translation>{path} gibt es schon: Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>{path} cannot be written: there is no folder {folder}.</source>
        <translation>{path} kann nicht geschrieben werden: Es gibt keinen Ordner {folder}.</translation>
    </message>
    <message>
        <source>--preset means an architecture already: leave --architecture out.</source>
        <translation>--preset meint schon eine Architektur: Lassen Sie --architecture weg.</translation>
    </message>
    <message>
        <source>{option} means nothing to Quick, which learns in no epochs: leave it out, or choose --preset best.</source>
        <translation>{option} bedeutet für Quick nichts, das in keinen Epochen lernt: Lassen Sie es weg, oder wählen Sie --preset best.</translation>
    </message>
    <message>
        <source>{n} files do not fit into one {format}: name a folder with --output.</source>
        <translation>{n} Dateien passen nicht in ein {format}: Nennen Sie mit --output einen Ordner.</translation>
    </message>
    <message>
        <source>{learned} for learning, {tested} for the test</source>
        <translation>{learned} zum Lernen, {tested} für den Test</translation>
    </message>
    <message>
        <source>{learned} for learning</source>
        <translation>{learned} zum Lernen</translation>
    </message>
    <message>
        <source>No name is free for {path}.</source>
        <translation>Für {path} ist kein Name frei.</translation>
    </message>
    <message>
        <source>{path} cannot be written: {reason}.</source>
        <translation>{path} kann nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>{n:,} clip counts as another word than its name says</source>
        <translation>{n:,} Aufnahme gilt als ein anderes Wort, als ihr Name sagt</translation>
    </message>
    <message>
        <source>{n:,} clips count as other words than their names say</source>
        <translation>{n:,} Aufnahmen gelten als andere Wörter, als ihre Namen sagen</translation>
    </message>
    <message>
        <source>{n:,} bad clip is left out</source>
        <translation>{n:,} schlechte Aufnahme wird weggelassen</translation>
    </message>
    <message>
        <source>{n:,} bad clips are left out</source>
        <translation>{n:,} schlechte Aufnahmen werden weggelassen</translation>
    </message>
    <message>
        <source>{n:,} line of the list of corrections names no clip of the folder, or no word.</source>
        <translation>{n:,} Zeile der Korrekturliste nennt keine Aufnahme des Ordners oder kein Wort.</translation>
    </message>
    <message>
        <source>{n:,} lines of the list of corrections name no clip of the folder, or no word.</source>
        <translation>{n:,} Zeilen der Korrekturliste nennen keine Aufnahme des Ordners oder kein Wort.</translation>
    </message>
    <message>
        <source>By the list of corrections, {what}.</source>
        <translation>Laut der Korrekturliste: {what}.</translation>
    </message>
    <message>
        <source>Corrections of {folder} are kept beside it, and {file} cannot be written: {reason}. Copy the folder to a place where you may write.</source>
        <translation>Korrekturen zu {folder} liegen daneben, und {file} kann nicht geschrieben werden: {reason}. Kopieren Sie den Ordner an einen Ort, an dem Sie schreiben dürfen.</translation>
    </message>
    <message>
        <source>{relabelled}, and {bad}</source>
        <translation>{relabelled}, und {bad}</translation>
    </message>
    <message>
        <source>{text} {more}</source>
        <translation>{text} {more}</translation>
    </message>
    <message>
        <source>{file} does not lie in {folder}.</source>
        <translation>{file} liegt nicht in {folder}.</translation>
    </message>
    <message>
        <source>“{word}” is no word.</source>
        <translation>„{word}“ ist kein Wort.</translation>
    </message>
    <message>
        <source>The list of corrections {file} cannot be read: {reason}.</source>
        <translation>Die Korrekturliste {file} kann nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>{file} is no list of corrections: a table with the columns {one} and {other} is expected. Mend it, or give it another name.</source>
        <translation>{file} ist keine Korrekturliste: Erwartet wird eine Tabelle mit den Spalten {one} und {other}. Bringen Sie sie in Ordnung, oder benennen Sie sie um.</translation>
    </message>
    <message>
        <source>The takes that were kept in {folder} cannot be read: {reason}.</source>
        <translation>Die aufgehobenen Aufnahmen in {folder} können nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>The takes in {folder} cannot be changed: {reason}. Make room there, or see that the folder can be written to.</source>
        <translation>Die Aufnahmen in {folder} können nicht geändert werden: {reason}. Schaffen Sie dort Platz, oder sorgen Sie dafür, dass in den Ordner geschrieben werden kann.</translation>
    </message>
    <message>
        <source>As {folder} is arranged, {file} cannot be moved to “{label}” without being read otherwise. Keep a list of corrections beside the folder instead.</source>
        <translation>So, wie {folder} geordnet ist, kann {file} nicht zu „{label}“ verschoben werden, ohne dass etwas anders gelesen würde. Führen Sie stattdessen eine Korrekturliste neben dem Ordner.</translation>
    </message>
    <message>
        <source>{file} cannot be moved: its place is taken.</source>
        <translation>{file} kann nicht verschoben werden: Der Platz ist vergeben.</translation>
    </message>
    <message>
        <source>{file} is no recording of a word in {folder}.</source>
        <translation>{file} ist keine Aufnahme eines Wortes in {folder}.</translation>
    </message>
    <message>
        <source>{file} is a link, and stays.</source>
        <translation>{file} ist eine Verknüpfung und bleibt, wo sie ist.</translation>
    </message>
    <message>
        <source>{file} counts as “{label}” already.</source>
        <translation>{file} gilt schon als „{label}“.</translation>
    </message>
    <message>
        <source>{folder} is a link to somewhere else: nothing is moved there.</source>
        <translation>{folder} ist eine Verknüpfung, die woandershin führt: Dorthin wird nichts verschoben.</translation>
    </message>
    <message>
        <source>{file} cannot be read: {reason}.</source>
        <translation>{file} kann nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>{old} cannot be moved to {path}: {reason}.</source>
        <translation>{old} kann nicht nach {path} verschoben werden: {reason}.</translation>
    </message>
    <message>
        <source>{names} and {n} more</source>
        <translation>{names} und {n} weitere</translation>
    </message>
    <message>
        <source>The model “{model}” has no {file}: it is incomplete. Train or copy it again.</source>
        <translation>Dem Modell „{model}“ fehlt {file}: Es ist unvollständig. Trainieren oder kopieren Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The model “{model}” is refused: its {file} lies elsewhere.</source>
        <translation>Das Modell „{model}“ wird abgelehnt: {file} liegt anderswo.</translation>
    </message>
    <message>
        <source>The model “{model}” was made by a newer version of this program (format {version}, this one knows {known}): update the program.</source>
        <translation>Das Modell „{model}“ stammt von einer neueren Version dieses Programms (Format {version}, diese kennt {known}): Aktualisieren Sie das Programm.</translation>
    </message>
    <message>
        <source>The model “{model}” is refused: its Mel filters are not those of its settings.</source>
        <translation>Das Modell „{model}“ wird abgelehnt: Seine Mel-Filter sind nicht die seiner Einstellungen.</translation>
    </message>
    <message>
        <source>{path} is not a model bundle: it has no {file}.</source>
        <translation>{path} ist kein Modell: Es fehlt {file}.</translation>
    </message>
    <message>
        <source>The model “{model}” is refused: its {file} is damaged ({reason}).</source>
        <translation>Das Modell „{model}“ wird abgelehnt: {file} ist beschädigt ({reason}).</translation>
    </message>
    <message>
        <source>The model “{model}” is refused: its {file} is not what was saved, so the disk or a copy of it is at fault. Train or copy the model again.</source>
        <translation>Das Modell „{model}“ wird abgelehnt: {file} ist nicht, was gespeichert wurde, also ist die Platte oder eine Kopie schuld. Trainieren oder kopieren Sie das Modell noch einmal.</translation>
    </message>
    <message>
        <source>The {file} of the model “{model}” is damaged ({reason}); the model itself is not.</source>
        <translation>{file} des Modells „{model}“ ist beschädigt ({reason}); das Modell selbst ist heil.</translation>
    </message>
    <message>
        <source>“{name}” cannot be a model&apos;s name: use letters, digits, spaces and - _ . ( ) +.</source>
        <translation>„{name}“ kann kein Modell heißen: Nehmen Sie Buchstaben, Ziffern, Leerzeichen und - _ . ( ) +.</translation>
    </message>
    <message>
        <source>There is a model “{name}” already: choose another name.</source>
        <translation>Es gibt schon ein Modell „{name}“: Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>A model that ships with the program keeps its name.</source>
        <translation>Ein Modell, das mit dem Programm kommt, behält seinen Namen.</translation>
    </message>
    <message>
        <source>“{model}” cannot be renamed: {reason}.</source>
        <translation>„{model}“ kann nicht umbenannt werden: {reason}.</translation>
    </message>
    <message>
        <source>Nothing heard: this sounds like background noise. Try again.</source>
        <translation>Nichts gehört: Das klingt nach Hintergrundgeräusch. Bitte noch einmal.</translation>
    </message>
    <message>
        <source>Not a word that this model knows.</source>
        <translation>Kein Wort, das dieses Modell kennt.</translation>
    </message>
    <message>
        <source>Not a digit. It was most like {word}.</source>
        <translation>Keine Ziffer. Am ehesten klang es wie {word}.</translation>
    </message>
    <message>
        <source>Not a word that this model knows. It was most like {word}.</source>
        <translation>Kein Wort, das dieses Modell kennt. Am ehesten klang es wie {word}.</translation>
    </message>
    <message>
        <source>Not sure: it might be {word}.</source>
        <translation>Nicht sicher: Es könnte {word} sein.</translation>
    </message>
    <message>
        <source>Not sure: it might be {word}. Please say it again.</source>
        <translation>Nicht sicher: Es könnte {word} sein. Bitte sagen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The model “{model}” is refused: its network maps {found}, but its settings mean {expected} to {labels}.</source>
        <translation>Das Modell „{model}“ wird abgelehnt: Sein Netz bildet {found} ab, seine Einstellungen meinen aber {expected} auf {labels}.</translation>
    </message>
    <message>
        <source>Nothing heard: the file sounds like background noise.</source>
        <translation>Nichts gehört: Die Datei klingt nach Hintergrundgeräusch.</translation>
    </message>
    <message>
        <source>The model “{model}” is refused: its network cannot be loaded ({reason}).</source>
        <translation>Das Modell „{model}“ wird abgelehnt: Sein Netz kann nicht geladen werden ({reason}).</translation>
    </message>
    <message>
        <source>{name} breaks off before its first sample.</source>
        <translation>{name} bricht vor dem ersten Abtastwert ab.</translation>
    </message>
    <message>
        <source>{name} cannot be read: {reason}.</source>
        <translation>{name} kann nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>it is damaged ({detail})</source>
        <translation>sie ist beschädigt ({detail})</translation>
    </message>
    <message>
        <source>{path} is not a file.</source>
        <translation>{path} ist keine Datei.</translation>
    </message>
    <message>
        <source>{name} is empty.</source>
        <translation>{name} ist leer.</translation>
    </message>
    <message>
        <source>there is too little memory</source>
        <translation>es gibt zu wenig Speicher</translation>
    </message>
    <message>
        <source>its format is not known</source>
        <translation>ihr Format ist nicht bekannt</translation>
    </message>
    <message>
        <source>its encoding is not known</source>
        <translation>ihre Kodierung ist nicht bekannt</translation>
    </message>
    <message>
        <source>{name} cannot be read as sound: {reason}.</source>
        <translation>{name} kann nicht als Klang gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>{name} says that it has {rate} samples a second, as no recording has: it is damaged.</source>
        <translation>{name} gibt {rate} Abtastwerte je Sekunde an, wie sie keine Aufnahme hat: Sie ist beschädigt.</translation>
    </message>
    <message>
        <source>{name} is empty: it holds no sound.</source>
        <translation>{name} ist leer: Sie enthält keinen Klang.</translation>
    </message>
    <message>
        <source>The input delivers only zeros: it is muted, switched off, or this program has no permission to use the microphone. Check the system&apos;s sound and privacy settings.</source>
        <translation>Der Eingang liefert nur Nullen: Er ist stumm oder abgeschaltet, oder das Programm darf das Mikrofon nicht benutzen. Prüfen Sie die Einstellungen des Systems für Ton und Datenschutz.</translation>
    </message>
    <message>
        <source>Too quiet to hear a word. Speak louder, or raise the input volume.</source>
        <translation>Zu leise, um ein Wort zu hören. Sprechen Sie lauter oder erhöhen Sie die Eingangslautstärke.</translation>
    </message>
    <message>
        <source>Nothing heard: no voice stood out from the background. Try again.</source>
        <translation>Nichts gehört: Keine Stimme hob sich vom Hintergrund ab. Versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Too loud: the recording is clipped. Speak from further away, or lower the input volume.</source>
        <translation>Zu laut: Die Aufnahme ist übersteuert. Sprechen Sie aus größerer Entfernung oder senken Sie die Eingangslautstärke.</translation>
    </message>
    <message>
        <source>Part of the sound was lost because the computer was too busy. Please say it again.</source>
        <translation>Ein Teil des Klangs ging verloren, weil der Rechner zu beschäftigt war. Bitte sagen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The input device stopped delivering sound. Check its plug, or choose another; it is listened to again when it is back.</source>
        <translation>Das Eingabegerät liefert keinen Ton mehr. Stecker prüfen oder ein anderes wählen; sobald es wieder da ist, wird ihm wieder zugehört.</translation>
    </message>
    <message>
        <source>The file is silent: it holds only zeros.</source>
        <translation>Die Datei ist still: Sie enthält nur Nullen.</translation>
    </message>
    <message>
        <source>Too quiet: no word can be heard in the file.</source>
        <translation>Zu leise: In der Datei ist kein Wort zu hören.</translation>
    </message>
    <message>
        <source>Nothing heard: no voice stands out in the file.</source>
        <translation>Nichts gehört: In der Datei hebt sich keine Stimme ab.</translation>
    </message>
    <message>
        <source>The file is clipped: it was recorded too loud to be recognised.</source>
        <translation>Die Datei ist übersteuert: Sie wurde zu laut aufgenommen, um erkannt zu werden.</translation>
    </message>
    <message>
        <source>“{name}” cannot be opened ({reason}). Another program may be using it: close that one, or choose another input.</source>
        <translation>„{name}“ kann nicht geöffnet werden ({reason}). Vielleicht benutzt es ein anderes Programm: Schließen Sie dieses oder wählen Sie einen anderen Eingang.</translation>
    </message>
    <message>
        <source>No microphone was found. Plug one in, or choose the demo or a sound file as source.</source>
        <translation>Es wurde kein Mikrofon gefunden. Schließen Sie eines an, oder wählen Sie die Demo oder eine Klangdatei als Quelle.</translation>
    </message>
    <message>
        <source>There is no input device “{name}”. There are: {names}.</source>
        <translation>Es gibt kein Eingabegerät „{name}“. Es gibt: {names}.</translation>
    </message>
    <message>
        <source>“{name}” may mean several input devices: {names}. Name one.</source>
        <translation>„{name}“ kann mehrere Eingabegeräte meinen: {names}. Nennen Sie eines.</translation>
    </message>
    <message>
        <source>The audio system does not answer: {reason}. Restart it, or the computer.</source>
        <translation>Das Audiosystem antwortet nicht: {reason}. Starten Sie es oder den Rechner neu.</translation>
    </message>
    <message>
        <source>The PortAudio library is missing, so no microphone can be used. {how} and start again. Files and the demo work without it.</source>
        <translation>Die Bibliothek PortAudio fehlt, darum kann kein Mikrofon benutzt werden. {how} und starten Sie noch einmal. Dateien und die Demo gehen ohne sie.</translation>
    </message>
    <message>
        <source>The sound cannot be played ({reason}). Check the system&apos;s sound output.</source>
        <translation>Der Klang kann nicht abgespielt werden ({reason}). Prüfen Sie die Klangausgabe des Systems.</translation>
    </message>
    <message>
        <source>{problem}</source>
        <translation>{problem}</translation>
    </message>
    <message>
        <source>Install the package sounddevice again</source>
        <translation>Installieren Sie das Paket sounddevice neu</translation>
    </message>
    <message>
        <source>Install it (on Debian and Ubuntu: sudo apt install libportaudio2)</source>
        <translation>Installieren Sie sie (unter Debian und Ubuntu: sudo apt install libportaudio2)</translation>
    </message>
    <message>
        <source>Install it (brew install portaudio)</source>
        <translation>Installieren Sie sie (brew install portaudio)</translation>
    </message>
    <message>
        <source>{name} holds values that are not numbers, or too large for sound: it is damaged.</source>
        <translation>{name} enthält Werte, die keine Zahlen oder zu groß für Schall sind: Sie ist beschädigt.</translation>
    </message>
    <message>
        <source>the file is {seconds:.2f} s long</source>
        <translation>die Datei ist {seconds:.2f} s lang</translation>
    </message>
    <message>
        <source>the file breaks off after {seconds:.2f} s</source>
        <translation>die Datei bricht nach {seconds:.2f} s ab</translation>
    </message>
    <message>
        <source>{length}; its loudest second was taken, from {start:.2f} s</source>
        <translation>{length}; ihre lauteste Sekunde wurde genommen, ab {start:.2f} s</translation>
    </message>
    <message>
        <source>{length}; silence was added around it</source>
        <translation>{length}; Stille wurde darum herum gelegt</translation>
    </message>
    <message>
        <source>the file is shorter than 0.01 s</source>
        <translation>die Datei ist kürzer als 0,01 s</translation>
    </message>
    <message>
        <source>The sample clips are missing from {folder}: install again.</source>
        <translation>Die Beispielaufnahmen fehlen in {folder}: Installieren Sie das Programm neu.</translation>
    </message>
    <message>
        <source>Adapting needs at least {least} clips of the words that the model knows; there are {found}. Correct some takes, or collect recordings.</source>
        <translation>Das Anpassen braucht mindestens {least} Aufnahmen von Wörtern, die das Modell kennt; es sind {found}. Berichtigen Sie einige Aufnahmen oder sammeln Sie neue.</translation>
    </message>
    <message>
        <source>There is no architecture “{name}”. There are: {names}.</source>
        <translation>Es gibt keine Architektur „{name}“. Es gibt: {names}.</translation>
    </message>
    <message>
        <source>batch_size must be at most {most}, not {value}.</source>
        <translation>batch_size darf höchstens {most} sein, nicht {value}.</translation>
    </message>
    <message>
        <source>validation must be between 0 and 0.5, not {value}.</source>
        <translation>validation muss zwischen 0 und 0,5 liegen, nicht {value}.</translation>
    </message>
    <message>
        <source>seed must be in 0 to {most}, not {value}.</source>
        <translation>seed muss zwischen 0 und {most} liegen, nicht {value}.</translation>
    </message>
    <message>
        <source>There is no augmentation “{name}”. There are: {names}.</source>
        <translation>Es gibt keine Anreicherung „{name}“. Es gibt: {names}.</translation>
    </message>
    <message>
        <source>{name} must be at least 1, not {value}.</source>
        <translation>{name} muss mindestens 1 sein, nicht {value}.</translation>
    </message>
    <message>
        <source>The unfinished run is damaged ({reason}).</source>
        <translation>Der unbeendete Lauf ist beschädigt ({reason}).</translation>
    </message>
    <message>
        <source>{error}</source>
        <translation>{error}</translation>
    </message>
    <message>
        <source>{file} of “{model}” is refused: it cannot be loaded without running code of its own, or is damaged ({reason}).</source>
        <translation>{file} von „{model}“ wird abgelehnt: Es kann nicht geladen werden, ohne eigenen Code auszuführen, oder ist beschädigt ({reason}).</translation>
    </message>
    <message>
        <source>The logs for TensorBoard cannot be written to {folder}: {reason}.</source>
        <translation>Die Protokolle für TensorBoard können nicht in {folder} geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>A model knows at most {most} labels, and {folder} has {n}. Choose some of them.</source>
        <translation>Ein Modell kennt höchstens {most} Wörter, und {folder} hat {n}. Wählen Sie einige davon.</translation>
    </message>
    <message>
        <source>{folder} has no recordings of {labels}.</source>
        <translation>{folder} hat keine Aufnahmen von {labels}.</translation>
    </message>
    <message>
        <source>{path} has changed since the folder was read.</source>
        <translation>{path} hat sich geändert, seit der Ordner gelesen wurde.</translation>
    </message>
    <message>
        <source>There is no run for {output} that could go on.</source>
        <translation>Es gibt keinen Lauf für {output}, der weitergehen könnte.</translation>
    </message>
    <message>
        <source>A run for {output} was cut off. Let it go on (--resume), or remove {folder}.</source>
        <translation>Ein Lauf für {output} wurde abgebrochen. Lassen Sie ihn weitergehen (--resume) oder entfernen Sie {folder}.</translation>
    </message>
    <message>
        <source>There is too little room in {folder}: the run needs {needed} MB, and {free} MB are free. Make room, or choose another place for the model.</source>
        <translation>In {folder} ist zu wenig Platz: Der Lauf braucht {needed} MB, und {free} MB sind frei. Schaffen Sie Platz oder wählen Sie einen anderen Ort für das Modell.</translation>
    </message>
    <message>
        <source>The model “{model}” is a {kind} with its own features, not a {wanted}: choose its architecture to start from it.</source>
        <translation>Das Modell „{model}“ ist ein {kind} mit eigenen Merkmalen, kein {wanted}: Wählen Sie seine Architektur, um mit ihm zu beginnen.</translation>
    </message>
    <message>
        <source>{path} cannot be read: {reason}.</source>
        <translation>{path} kann nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>{file} is damaged ({reason}): install the program again.</source>
        <translation>{file} ist beschädigt ({reason}): Installieren Sie das Programm neu.</translation>
    </message>
    <message>
        <source>The network of “{model}” cannot be built again of its {file} ({reason}).</source>
        <translation>Das Netz von „{model}“ kann aus {file} nicht wieder aufgebaut werden ({reason}).</translation>
    </message>
    <message>
        <source>{n} label</source>
        <translation>{n} Wort</translation>
    </message>
    <message>
        <source>{n} labels</source>
        <translation>{n} Wörter</translation>
    </message>
    <message>
        <source>{n} problem</source>
        <translation>{n} Problem</translation>
    </message>
    <message>
        <source>{n} problems</source>
        <translation>{n} Probleme</translation>
    </message>
    <message>
        <source>at most {n} epoch</source>
        <translation>höchstens {n} Epoche</translation>
    </message>
    <message>
        <source>at most {n} epochs</source>
        <translation>höchstens {n} Epochen</translation>
    </message>
    <message>
        <source>This needs TensorFlow, which is not installed. This command installs it: {command}</source>
        <translation>Dafür ist TensorFlow nötig, das nicht installiert ist. Dieser Befehl installiert es: {command}</translation>
    </message>
    <message>
        <source>This needs TensorFlow, which is not in this edition of the program: use the full one.</source>
        <translation>Dafür ist TensorFlow nötig, das in dieser Ausgabe des Programms nicht ist: Benutzen Sie die vollständige.</translation>
    </message>
    <message>
        <source>The logs for TensorBoard cannot be written to {folder}: {reason}. Choose another.</source>
        <translation>Die Protokolle für TensorBoard können nicht in {folder} geschrieben werden: {reason}. Wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>The model “{model}” knows the labels {known}, but the run has {labels}: choose the same ones to start from it.</source>
        <translation>Das Modell „{model}“ kennt die Wörter {known}, der Lauf hat aber {labels}: Wählen Sie dieselben, um mit ihm zu beginnen.</translation>
    </message>
    <message>
        <source>The network does not learn: in its first epoch the loss is no number any more. Start from no other model, or look at the recordings.</source>
        <translation>Das Netz lernt nicht: In seiner ersten Epoche ist der Verlust keine Zahl mehr. Beginnen Sie mit keinem anderen Modell oder sehen Sie sich die Aufnahmen an.</translation>
    </message>
    <message>
        <source>Nothing can be written to {folder}: {reason}. Choose another place for the model.</source>
        <translation>In {folder} kann nichts geschrieben werden: {reason}. Wählen Sie einen anderen Ort für das Modell.</translation>
    </message>
    <message>
        <source>The unfinished run in {folder} is damaged ({reason}).</source>
        <translation>Der unbeendete Lauf in {folder} ist beschädigt ({reason}).</translation>
    </message>
    <message>
        <source>The last epoch cannot be kept in {folder}: {reason}. Make room.</source>
        <translation>Die letzte Epoche kann in {folder} nicht aufbewahrt werden: {reason}. Schaffen Sie Platz.</translation>
    </message>
    <message>
        <source>Another run for {output} is going on. Wait for it, or choose another name.</source>
        <translation>Ein anderer Lauf für {output} ist im Gange. Warten Sie auf ihn oder wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>The recordings have changed since the run was cut off, so it cannot go on. Discard it, and start a new one.</source>
        <translation>Die Aufnahmen haben sich geändert, seit der Lauf abgebrochen wurde, darum kann er nicht weitergehen. Verwerfen Sie ihn und beginnen Sie einen neuen.</translation>
    </message>
</context>
<context>
    <name>hear again</name>
    <message>
        <source>Heard by “{model}”; no other model had heard them before.</source>
        <translation>Gehört von „{model}“; vorher hatte sie kein anderes Modell gehört.</translation>
    </message>
    <message>
        <source>All {n:,} are heard by “{model}” as they were before.</source>
        <translation>Alle {n:,} hört „{model}“ so, wie sie vorher gehört wurden.</translation>
    </message>
    <message>
        <source>{n:,} of {total:,} is heard otherwise by “{model}”</source>
        <translation>{n:,} von {total:,} hört „{model}“ anders</translation>
    </message>
    <message>
        <source>{n:,} of {total:,} are heard otherwise by “{model}”</source>
        <translation>{n:,} von {total:,} hört „{model}“ anders</translation>
    </message>
    <message>
        <source>{n:,} that was wrong is right</source>
        <translation>{n:,} war falsch und ist richtig</translation>
    </message>
    <message>
        <source>{n:,} that were wrong are right</source>
        <translation>{n:,} waren falsch und sind richtig</translation>
    </message>
    <message>
        <source>{n:,} that was right is wrong</source>
        <translation>{n:,} war richtig und ist falsch</translation>
    </message>
    <message>
        <source>{n:,} that were right are wrong</source>
        <translation>{n:,} waren richtig und sind falsch</translation>
    </message>
</context>
<context>
    <name>inspect</name>
    <message>
        <source>the model is given the dotted second</source>
        <translation>das Modell bekommt die gepunktete Sekunde</translation>
    </message>
    <message>
        <source>ten minutes of it are shown; drag the overview</source>
        <translation>zehn Minuten davon sind zu sehen; die Übersicht verschiebt sie</translation>
    </message>
</context>
<context>
    <name>lesson</name>
    <message>
        <source>nobody has said what it is</source>
        <translation>niemand hat gesagt, was es ist</translation>
    </message>
    <message>
        <source>marked as bad</source>
        <translation>als unbrauchbar bezeichnet</translation>
    </message>
    <message>
        <source>not a word that can be learned</source>
        <translation>kein Wort, das sich lernen lässt</translation>
    </message>
    <message>
        <source>A new model needs two words at least, with two clips of each.</source>
        <translation>Ein neues Modell braucht mindestens zwei Wörter mit je zwei Clips.</translation>
    </message>
    <message>
        <source>There is no model in use.</source>
        <translation>Es ist kein Modell in Gebrauch.</translation>
    </message>
    <message>
        <source>“{model}” does not know {words}.</source>
        <translation>„{model}“ kennt nicht: {words}.</translation>
    </message>
    <message>
        <source>It takes {n} clips at least to adapt a model.</source>
        <translation>Um ein Modell anzupassen, braucht es mindestens {n} Clips.</translation>
    </message>
</context>
<context>
    <name>progress</name>
    <message>
        <source>about {0} left</source>
        <translation>noch etwa {0}</translation>
    </message>
</context>
<context>
    <name>review</name>
    <message>
        <source>Corrections of a data set</source>
        <translation>Korrekturen eines Datensatzes</translation>
    </message>
    <message>
        <source>May the files in {0} be moved?</source>
        <translation>Dürfen die Dateien in {0} verschoben werden?</translation>
    </message>
    <message>
        <source>Either a clip that you correct moves to the folder of its word, or nothing in the folder is changed and a list is written beside it: {0}. Training obeys it. Everything can be undone with Ctrl+Z.</source>
        <translation>Entweder wird eine Aufnahme, die Sie korrigieren, in den Ordner ihres Wortes verschoben, oder im Ordner wird nichts geändert und daneben eine Liste geschrieben: {0}. Das Training hält sich daran. Alles kann mit Strg+Z rückgängig gemacht werden.</translation>
    </message>
    <message>
        <source>&amp;Move files</source>
        <translation>Dateien &amp;verschieben</translation>
    </message>
    <message>
        <source>&amp;Write a list</source>
        <translation>Eine &amp;Liste schreiben</translation>
    </message>
    <message>
        <source>&amp;Remember this for the folder</source>
        <translation>Für diesen Ordner &amp;merken</translation>
    </message>
</context>
<context>
    <name>takes</name>
    <message>
        <source>a word of the file, from {0:.2f} s on</source>
        <translation>ein Wort der Datei, ab {0:.2f} s</translation>
    </message>
</context>
<context>
    <name>teach clips</name>
    <message>
        <source>{n:,} clip</source>
        <translation>{n:,} Clip</translation>
    </message>
    <message>
        <source>{n:,} clips</source>
        <translation>{n:,} Clips</translation>
    </message>
    <message>
        <source>{clips} can be learned from: {words}.</source>
        <translation>Lernen lässt sich aus {clips}: {words}.</translation>
    </message>
    <message>
        <source>{n:,} speaker is known: {names}.</source>
        <translation>{n:,} Sprecher ist bekannt: {names}.</translation>
    </message>
    <message>
        <source>{n:,} speakers are known: {names}.</source>
        <translation>{n:,} Sprecher sind bekannt: {names}.</translation>
    </message>
    <message>
        <source>Who speaks is not known.</source>
        <translation>Wer spricht, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>{n:,} clip is left out ({reasons}).</source>
        <translation>{n:,} Clip bleibt weg ({reasons}).</translation>
    </message>
    <message>
        <source>{n:,} clips are left out ({reasons}).</source>
        <translation>{n:,} Clips bleiben weg ({reasons}).</translation>
    </message>
    <message>
        <source>“{model}” has {mended:,} of {n:,} right that was wrong.</source>
        <translation>„{model}“ hat {mended:,} von {n:,} richtig, der falsch war.</translation>
    </message>
    <message>
        <source>“{model}” has {mended:,} of {n:,} right that were wrong.</source>
        <translation>„{model}“ hat {mended:,} von {n:,} richtig, die falsch waren.</translation>
    </message>
    <message>
        <source>None was wrong before “{model}” learned.</source>
        <translation>Keiner war falsch, bevor „{model}“ lernte.</translation>
    </message>
    <message>
        <source>None that was right is wrong now.</source>
        <translation>Keiner, der richtig war, ist jetzt falsch.</translation>
    </message>
    <message>
        <source>Of {right:,} that were right, {n:,} is wrong now.</source>
        <translation>Von {right:,}, die richtig waren, ist jetzt {n:,} falsch.</translation>
    </message>
    <message>
        <source>Of {right:,} that were right, {n:,} are wrong now.</source>
        <translation>Von {right:,}, die richtig waren, sind jetzt {n:,} falsch.</translation>
    </message>
    <message>
        <source>It learns from {learned}, in seconds, and is tested on {tested} of people whom it has not heard: {names}.</source>
        <translation>Es lernt in Sekunden (aus: {learned}) und wird an Menschen geprüft, die es nicht gehört hat ({names}: {tested}).</translation>
    </message>
    <message>
        <source>Clips of unknown speakers are learned from: {n:,}.</source>
        <translation>Clips unbekannter Sprecher dienen dem Lernen: {n:,}.</translation>
    </message>
    <message>
        <source>It learns from all {learned}, in seconds. For want of three speakers it is tested in turns: each speaker&apos;s clips by a model that has not learned from them.</source>
        <translation>Es lernt in Sekunden aus allem ({learned}). Weil drei Sprecher fehlen, wird reihum geprüft: die Clips jedes Sprechers mit einem Modell, das nicht aus ihnen gelernt hat.</translation>
    </message>
    <message>
        <source>It learns from all {learned}, in seconds. For want of three speakers it is tested in turns: every clip by a model that has not learned from it.</source>
        <translation>Es lernt in Sekunden aus allem ({learned}). Weil drei Sprecher fehlen, wird reihum geprüft: jeder Clip mit einem Modell, das nicht aus ihm gelernt hat.</translation>
    </message>
    <message>
        <source>With one clip only, it counts as another word: {words}.</source>
        <translation>Mit nur einem Clip zählt es als anderes Wort: {words}.</translation>
    </message>
    <message>
        <source>A copy learns from all {n:,} clips, in about a minute, and keeps what “{model}” knows besides. It is tested in turns: every clip by a copy that has not learned from it, and by the standard test. “{model}” stays as it is.</source>
        <translation>Eine Kopie lernt in etwa einer Minute aus allen {n:,} Clips und behält, was „{model}“ sonst kann. Geprüft wird reihum: jeder Clip mit einer Kopie, die nicht aus ihm gelernt hat, und mit dem Standardtest. „{model}“ bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>{names} and {n:,} more</source>
        <translation>{names} und {n:,} weitere</translation>
    </message>
</context>
<context>
    <name>verdict</name>
    <message>
        <source>{n:,} word</source>
        <translation>{n:,} Wort</translation>
    </message>
    <message>
        <source>{n:,} words</source>
        <translation>{n:,} Wörtern</translation>
    </message>
    <message>
        <source>{n:,} clip of {words} can be used</source>
        <translation>{n:,} Aufnahme von {words} ist brauchbar</translation>
    </message>
    <message>
        <source>{n:,} clips of {words} can be used</source>
        <translation>{n:,} Aufnahmen von {words} sind brauchbar</translation>
    </message>
    <message>
        <source>{n:,} file is left out</source>
        <translation>{n:,} Datei wird ausgelassen</translation>
    </message>
    <message>
        <source>{n:,} files are left out</source>
        <translation>{n:,} Dateien werden ausgelassen</translation>
    </message>
    <message>
        <source>{n:,} is longer than a second</source>
        <translation>{n:,} ist länger als eine Sekunde</translation>
    </message>
    <message>
        <source>{n:,} are longer than a second</source>
        <translation>{n:,} sind länger als eine Sekunde</translation>
    </message>
    <message>
        <source>one person: how well others are understood cannot be tested</source>
        <translation>eine Person: Wie gut andere verstanden werden, lässt sich nicht prüfen</translation>
    </message>
    <message>
        <source>{n:,} person</source>
        <translation>{n:,} Person</translation>
    </message>
    <message>
        <source>{n:,} people</source>
        <translation>{n:,} Personen</translation>
    </message>
    <message>
        <source>{people}: the test is weak</source>
        <translation>{people}: Der Test ist schwach</translation>
    </message>
    <message>
        <source>{share} right for people it never heard</source>
        <translation>{share} richtig bei Menschen, die es nie gehört hat</translation>
    </message>
    <message>
        <source>{share} right</source>
        <translation>{share} richtig</translation>
    </message>
    <message>
        <source>{share} right for people it has heard</source>
        <translation>{share} richtig bei Menschen, die es gehört hat</translation>
    </message>
    <message>
        <source>it takes “{said}” for “{heard}” most often</source>
        <translation>am häufigsten hält es „{said}“ für „{heard}“</translation>
    </message>
    <message>
        <source>with words that the model in use does not know</source>
        <translation>mit Wörtern, die das Modell in Gebrauch nicht kennt</translation>
    </message>
    <message>
        <source>{n} point better than the model in use</source>
        <translation>{n} Punkt besser als das Modell in Gebrauch</translation>
    </message>
    <message>
        <source>{n} points better than the model in use</source>
        <translation>{n} Punkte besser als das Modell in Gebrauch</translation>
    </message>
    <message>
        <source>{n} point worse than the model in use</source>
        <translation>{n} Punkt schlechter als das Modell in Gebrauch</translation>
    </message>
    <message>
        <source>{n} points worse than the model in use</source>
        <translation>{n} Punkte schlechter als das Modell in Gebrauch</translation>
    </message>
    <message>
        <source>as good as the model in use</source>
        <translation>so gut wie das Modell in Gebrauch</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>no word</source>
        <translation>kein Wort</translation>
    </message>
    <message>
        <source>other word</source>
        <translation>anderes Wort</translation>
    </message>
</context>
</TS>
