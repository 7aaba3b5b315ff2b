package dev.loomsocket.session;

import dev.loomsocket.net.BufferPool;
import dev.loomsocket.wire.DeflatePools;

/** What all sessions of a server share, each of them thread-safe. */
public record Facilities(
    LiveSessions sessions, Rooms rooms, BufferPool buffers, DeflatePools deflate) {}
