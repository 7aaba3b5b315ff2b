import { avatar, hue } from "./people.js";

const GROUP_GAP = 5 * 60_000; // ms; after a longer pause a name is shown again
const MOST_ITEMS = 1_000; // the page forgets older ones
const NEAR_THE_END = 48; // px

const clock = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const day = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });

/** An element with a class and a text; text stays text, whatever it looks like. */
function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** What was said in the room, as the reader sees it, and below it what waits to be sent. */
export class Log {
  #me;
  #scroller = document.getElementById("scroller");
  #log = document.getElementById("log");
  #outbox = document.getElementById("outbox");
  #empty = document.getElementById("empty");
  #newer = document.getElementById("newer");
  #resized = new ResizeObserver(() => { if (this.#following) this.toTheEnd(); });
  #following = true; // the reader is at the newest line
  #missed = 0;
  #known = new Set(); // ids of the lines shown
  #last = null; // { name, time, group } of the newest line, null after anything else
  #day = "";

  constructor(me) {
    this.#me = me;
    this.#log.replaceChildren();
    this.#outbox.replaceChildren();
    this.#empty.hidden = true;
    this.#showMissed();
    this.#scroller.onscroll = () => this.#scrolled();
    this.#newer.onclick = () => this.toTheEnd();
    this.#resized.observe(this.#scroller);
  }

  /** The room's history on joining: only what is not shown yet, and not read aloud line by line. */
  history(lines) {
    const gap = this.#known.size > 0 && lines.length >= 100 && !lines.some(l => this.#known.has(l.id));
    this.#log.ariaLive = "off";
    if (gap) this.notice("Some messages in between are gone.", new Date());
    for (const line of lines) this.line(line);
    this.#empty.hidden = this.#log.querySelector(".line") !== null;
    setTimeout(() => (this.#log.ariaLive = "polite"), 100);
  }

  line({ id, name, text, time }) {
    this.settled(id);
    if (this.#known.has(id)) return;
    this.#known.add(id);
    this.#empty.hidden = true;
    const when = new Date(time);
    this.#keepingPlace(() => {
      this.#dayOf(when);
      if (this.#last?.name !== name || when - this.#last.time > GROUP_GAP) {
        this.#last = { name, group: this.#group(name, when) };
        this.#log.append(this.#last.group);
      }
      this.#last.time = when;
      const bubble = element("p", "line", text);
      bubble.dataset.id = id;
      bubble.title = full.format(when);
      this.#last.group.lastElementChild.append(bubble);
    });
    if (!this.#following && name !== this.#me) this.#missed++;
    this.#showMissed();
  }

  notice(text, time) {
    const when = new Date(time);
    this.#keepingPlace(() => {
      this.#dayOf(when);
      const notice = element("p", "notice");
      notice.append(element("span", "", text), this.#time(when));
      this.#log.append(notice);
      this.#last = null;
    });
  }

  /** A line of this reader that the server has not confirmed yet. */
  waiting(id, text) {
    const bubble = element("p", "line", text);
    bubble.dataset.id = id;
    this.#outbox.append(bubble);
    this.toTheEnd();
  }

  /** A line that does not wait any more. */
  settled(id) {
    this.#outbox.querySelector(`[data-id="${CSS.escape(id)}"]`)?.remove();
  }

  toTheEnd() {
    this.#following = true;
    this.#missed = 0;
    this.#showMissed();
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  close() {
    this.#resized.disconnect();
    this.#scroller.onscroll = this.#newer.onclick = null;
  }

  #group(name, when) {
    const mine = name === this.#me;
    const group = element("div", mine ? "group mine" : "group");
    group.style.setProperty("--hue", hue(name));
    const head = element("p", "head");
    head.append(element("bdi", mine ? "name unseen" : "name", name), this.#time(when));
    const body = element("div", "body");
    body.append(head);
    if (!mine) group.append(avatar(name));
    group.append(body);
    return group;
  }

  #dayOf(when) {
    const key = when.toDateString();
    if (key === this.#day) return;
    const today = new Date().toDateString() === key;
    if (this.#day !== "" || !today) this.#log.append(element("p", "day", today ? "Today" : day.format(when)));
    this.#day = key;
    this.#last = null;
  }

  #time(when) {
    const time = element("time", "", clock.format(when));
    time.dateTime = when.toISOString();
    return time;
  }

  /** A reader at the end stays there; one who reads older lines is not moved. */
  #keepingPlace(change) {
    change();
    while (this.#log.childElementCount > MOST_ITEMS) this.#log.firstElementChild.remove();
    if (this.#following) this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    this.#following = scrollHeight - scrollTop - clientHeight < NEAR_THE_END;
    if (this.#following) this.#missed = 0;
    this.#showMissed();
  }

  #showMissed() {
    this.#newer.hidden = this.#missed === 0;
    this.#newer.textContent = this.#missed === 1 ? "1 new message" : `${this.#missed} new messages`;
  }
}
