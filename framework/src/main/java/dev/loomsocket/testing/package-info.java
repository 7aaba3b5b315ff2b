/**
 * For tests of your application: it really runs, on a free port, and clients talk to it through
 * real sockets. {@link dev.loomsocket.testing.TestClient} sends and expects objects, {@link
 * dev.loomsocket.testing.TroublesomePeer} does what no client should. Nothing here sleeps, and
 * nothing needs a certain test framework: what was expected and did not come is an {@link
 * AssertionError}.
 *
 * <pre>{@code
 * try (TestApp app = TestApp.start(Loomsocket.app().scan(Chat.class))) {
 *   TestClient ann = app.connect("/chat/lobby?name=Ann");
 *   TestClient bob = app.connect("/chat/lobby?name=Bob");
 *   bob.skipTo(Joined.class);
 *   ann.send(new Line("hello"));
 *   assertEquals("hello", bob.expect(Line.class).text());
 * }
 * }</pre>
 */
@NullMarked
package dev.loomsocket.testing;

import org.jspecify.annotations.NullMarked;
