/** Words and figures that the server wrote into the page as JSON. */

export function written(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

const words = written("words");

/** The sentence of this name with its {holes} filled. */
export function say(name, holes = {}) {
  return words[name].replace(/\{(\w+)\}/g, (_, hole) => holes[hole] ?? "");
}
