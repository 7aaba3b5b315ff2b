package dev.loomsocket.sample;

import dev.loomsocket.websocket.WebSocketEndpoint;

/** The same as {@link Frames}, with compression as it is by default. */
@WebSocketEndpoint(
    value = "/frames/{lab}/compressed",
    logTraffic = true,
    maxMessageSize = 2 * 1024 * 1024)
public final class CompressedFrames extends Frames {
  CompressedFrames(FrameLog log) {
    super(log);
  }
}
