package dev.loomsocket.sample;

import dev.loomsocket.App;
import dev.loomsocket.Loomsocket;
import dev.loomsocket.http.CrossOriginProtection;
import dev.loomsocket.http.HttpException;
import dev.loomsocket.http.Response;
import java.util.Map;

/** Starts the sample app, whose menu is at {@code /}: a page for each classic. */
public final class Main {
  private static final String PUSHED = "消息已推送";

  private Main() {}

  /** Serves until it is stopped; {@code --port 9000} chooses another port. */
  public static void main(String[] args) {
    app(args).run();
  }

  /** The app, ready to start: a test starts it on a port of its own. */
  static App app(String... args) {
    App app = Loomsocket.app(args);
    app.scan(Main.class); // finds the endpoints of this package

    // What is added goes to every constructor that asks for it.
    Ballot ballot = new Ballot(app.room(Vote.PATH), "小明", "小强", "小刚");
    app.add(ballot).add(new Histories()).add(new Transcript(app.room("chat room")));
    app.add(new FrameLog(app));

    app.before("/{rest*}", CrossOriginProtection.ofSelf()); // forms of other sites are not for us

    // What is under /public on the class path is served; these are the other pages.
    new VotePages(ballot).addTo(app);
    app.get("/any/{path*}", request -> Response.view("any-path", Map.of()));
    app.get(
        Notify.PATH,
        request -> {
          app.room(Notify.PATH).send("有新工单到来,请及时处理!");
          return Visits.answer(request, PUSHED, new Visits.Note(PUSHED, "The message was pushed."));
        });
    Visits.addTo(app);
    brokenHandshake(app);
    Monitor.start(app);
    return app;
  }

  private static void brokenHandshake(App app) {
    BrokenHandshake broken = new BrokenHandshake();
    app.add(broken); // for it to be closed with the app
    app.get("/handshake/broken", request -> Response.json(broken.port()));
    app.get(
        "/handshake/broken/{id}",
        request ->
            broken
                .exchange(request.pathParam("id"))
                .map(Response::json)
                .orElseThrow(() -> new HttpException(404, "no such handshake")));
  }
}
