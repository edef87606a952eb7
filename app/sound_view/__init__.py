"""The one picture of sound: of a take, a stream, or a recording of any length."""
