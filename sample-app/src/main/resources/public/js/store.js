/** The browser's storage, or nothing where it is switched off: the chat works without. */
function cautious(storage) {
  return {
    get(key, otherwise = "") {
      try {
        return storage().getItem(key) ?? otherwise;
      } catch {
        return otherwise;
      }
    },
    set(key, value) {
      try {
        if (value) storage().setItem(key, value);
        else storage().removeItem(key);
      } catch {
        // full or forbidden: then it lives as long as the page
      }
    },
  };
}

/** Of this tab: survives a reload. */
export const tab = cautious(() => sessionStorage);

/** Of this browser: survives its end. */
export const browser = cautious(() => localStorage);
