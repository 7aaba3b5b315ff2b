/** One of twelve hues, always the same for a name; chat.css gives them enough contrast in light and dark. */
export function hue(name) {
  let hash = 7;
  for (const character of name) hash = (hash * 31 + character.codePointAt(0)) >>> 0;
  return (hash % 12) * 30;
}

/** A round sign with the first letter of a name, in the colour of that name. */
export function avatar(name) {
  const sign = document.createElement("span");
  sign.className = "avatar";
  sign.ariaHidden = "true";
  sign.style.setProperty("--hue", hue(name));
  sign.textContent = (/[\p{L}\p{N}]/u.exec(name) ?? /[^\s]/u.exec(name))[0].toLocaleUpperCase();
  return sign;
}

/** Who is here: a sorted list on the page. */
export class People {
  #names = new Set();
  #me;
  #list = document.getElementById("names");
  #count = document.getElementById("people-count");
  #alone = document.getElementById("alone");

  constructor(me) {
    this.#me = me;
    this.#show();
  }

  replace(names) {
    this.#names = new Set(names);
    this.#show();
  }

  /** False: that person was here before. */
  add(name) {
    if (this.#names.has(name)) return false;
    this.#names.add(name);
    this.#show();
    return true;
  }

  /** False: that person was not here. */
  remove(name) {
    if (!this.#names.delete(name)) return false;
    this.#show();
    return true;
  }

  #show() {
    const others = [...this.#names].filter(n => n !== this.#me).sort((a, b) => a.localeCompare(b));
    const mine = this.#names.has(this.#me) ? [this.#me] : [];
    this.#list.replaceChildren(...[...mine, ...others].map(name => this.#item(name)));
    this.#count.textContent = this.#names.size;
    this.#alone.hidden = this.#names.size !== 1;
  }

  #item(name) {
    const item = document.createElement("li");
    const text = document.createElement("bdi");
    text.textContent = name;
    item.append(avatar(name), text);
    if (name === this.#me) {
      const you = document.createElement("span");
      you.className = "you";
      you.textContent = "you";
      item.append(you);
    }
    return item;
  }
}
