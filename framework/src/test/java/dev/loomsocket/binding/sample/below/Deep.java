package dev.loomsocket.binding.sample.below;

import dev.loomsocket.websocket.WebSocketEndpoint;

/** An endpoint in a package below. */
@WebSocketEndpoint("/deep")
public final class Deep {}
