# make run     install what is missing and open the window
# make check   install what is missing and run what is quick: form, lint, types, contracts, tests
# make test    install what is missing and run everything
# make setup   install only
# make bundle  build a folder and an archive that run without Python; EDITION=full adds TensorFlow
# make install put the bundle into your home and the menu; make uninstall takes it away again
# make bench   measure speed and memory against a reference program
# make manual  make the pictures of the manual anew, from the window as it is
# make translations  find new texts of the window, and compile what is translated
# make format  put the code into its standard form

SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
EDITION := lean
BUILD := build/$(EDITION)
BUNDLE := dist/spoken-digits$(if $(findstring full,$(EDITION)),-full)
COMMA := ,

# What the window, the microphone and the tests need of a Debian system.
APT_PACKAGES := python3-venv libportaudio2 libasound2-plugins libegl1 libgl1 libglib2.0-0 \
  libdbus-1-3 libfontconfig1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 \
  libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xinerama0 \
  libxcb-xkb1 fonts-dejavu-core pulseaudio pulseaudio-utils

.PHONY: run check test static setup bundle install uninstall bench manual format translations system

run: setup
	@$(BIN)/spoken-digits $(ARGS)

check: static
	$(BIN)/pytest -q -n auto --dist loadfile -m "not slow" $(ARGS)

test: static
	$(BIN)/pytest -q -n auto --dist loadfile -m "not slow" $(ARGS)
	$(BIN)/pytest -m slow $(ARGS)

static: setup
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

setup: system $(INSTALLED)

bundle: setup
	[ -x $(BUILD)/bin/python ] || $(BIN)/python -m venv $(BUILD)
	$(BUILD)/bin/python -m pip install -q --disable-pip-version-check -c constraints.txt \
	  '.[bundle$(if $(findstring full,$(EDITION)),$(COMMA)train)]'
	EDITION=$(EDITION) QT_QPA_PLATFORM=offscreen $(BUILD)/bin/pyinstaller --noconfirm \
	  --log-level WARN --distpath dist --workpath build packaging/spoken-digits.spec
	cp packaging/linux/install.sh $(BUNDLE)
	mkdir -p $(BUNDLE)/share/applications $(BUNDLE)/share/metainfo
	cp packaging/linux/spoken-digits.desktop $(BUNDLE)/share/applications
	cp packaging/linux/spoken-digits.metainfo.xml \
	  $(BUNDLE)/share/metainfo/io.github.spoken_digits.metainfo.xml
	QT_QPA_PLATFORM=offscreen $(BUILD)/bin/python packaging/icons.py $(BUNDLE)/share/icons/hicolor
	XZ_OPT='-3 -T0' tar -C dist -cJf $(BUNDLE)-linux-$$(uname -m).tar.xz $(notdir $(BUNDLE))

install:
	@[ -d $(BUNDLE) ] || { echo "Run make bundle first."; exit 1; }
	@$(BUNDLE)/install.sh

uninstall:
	@packaging/linux/install.sh --remove

bench: setup
	$(BIN)/python -m tests.benchmarks $(ARGS)

manual: setup
	$(BIN)/python -m tests.helpers.manual_pictures

translations: setup
	@mkdir -p build
	$(BIN)/python -m tests.helpers.core_texts > build/core_texts.py
	$(BIN)/pyside6-lupdate -no-obsolete -locations none build/core_texts.py \
	  $$(git ls-files 'app/*.py') -ts $(wildcard resources/translations/*.ts)
	$(BIN)/pyside6-lrelease $(wildcard resources/translations/*.ts)

format: setup
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

system:
	@command -v dpkg-query >/dev/null && command -v apt-get >/dev/null || exit 0; \
	missing=; \
	for package in $(APT_PACKAGES); do \
	  dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q 'ok installed' \
	    || missing="$$missing $$package"; \
	done; \
	[ -n "$$missing" ] || exit 0; \
	if [ "$$(id -u)" = 0 ]; then as=; \
	elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then as=sudo; \
	else echo "Not installed, for want of rights:$$missing"; exit 0; fi; \
	echo "Installing$$missing"; \
	export DEBIAN_FRONTEND=noninteractive; \
	$$as apt-get -qq update && $$as apt-get -qq -y --no-install-recommends install $$missing \
	  >/dev/null || echo "Some of these could not be installed:$$missing"

$(INSTALLED): pyproject.toml constraints.txt
	@for python in $(PYTHON) python3.13 python3.12 python3.11 python3; do \
	  $$python -c 'import ensurepip, sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	    2>/dev/null && break; \
	done; \
	$$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
	  { echo "Python 3.11, 3.12 or 3.13 is needed."; exit 1; }; \
	[ -x $(BIN)/python ] || $$python -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[train,test]'
	@touch $@
