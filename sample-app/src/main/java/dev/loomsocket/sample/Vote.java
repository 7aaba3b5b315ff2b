package dev.loomsocket.sample;

import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.security.Principal;

/** One open page of somebody who votes: a message is a candidate's id. Users only. */
@WebSocketEndpoint(Vote.PATH)
public final class Vote {
  static final String PATH = "/message";

  private final Ballot ballot;

  Vote(Ballot ballot) {
    this.ballot = ballot;
  }

  @OnOpen
  void join(Session session, Principal user) {
    session.join(PATH);
  }

  @OnMessage
  void vote(String candidate) {
    ballot.vote(candidate);
  }
}
