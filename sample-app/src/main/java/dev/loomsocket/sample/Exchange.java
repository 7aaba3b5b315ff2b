package dev.loomsocket.sample;

import java.util.List;

/** An opening handshake: the lines that the browser sent, and those that the server answered. */
record Exchange(List<String> request, List<String> response, Accept accept) {}
