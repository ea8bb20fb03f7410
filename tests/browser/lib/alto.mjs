// As much of ALTO as a test needs to compare two files.

const entity = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function plain(text) {
  return text.replace(/&(#x?[0-9a-fA-F]+|\w+);/g, (_, name) => {
    if (name[0] !== '#') return entity[name];
    return String.fromCodePoint(Number(name[1] === 'x' ? `0${name.slice(1)}` : name.slice(1)));
  });
}

/** Every String of a file in order: its attributes, and the line it stands in. */
export function strings(xml) {
  const found = [];
  let line = -1;
  for (const [tag, name, attributes] of xml.matchAll(/<(?:\w+:)?(TextLine|String)\b([^>]*)>/g)) {
    if (name === 'TextLine') {
      line += 1;
      continue;
    }
    const at = {};
    for (const [, key, value] of attributes.matchAll(/([\w:]+)\s*=\s*"([^"]*)"/g)) at[key] = plain(value);
    found.push({ ...at, line, tag });
  }
  return found;
}

/** The file without its Strings and without the steps that made it: what a correction must not touch. */
export function frame(xml) {
  return xml
    .replace(/<(?:\w+:)?String\b[^>]*\/>/g, '<String/>')
    .replace(/<(?:\w+:)?String\b[^>]*>[\s\S]*?<\/(?:\w+:)?String>/g, '<String/>')
    .replace(/<(?:\w+:)?(OCRProcessing|Processing|postProcessingStep|ocrProcessingStep)\b[\s\S]*?<\/(?:\w+:)?\1>/g, '')
    .replace(/<\?xml[^>]*\?>/, '')
    .replace(/\s+/g, ' ')
    .replace(/> </g, '><')
    .replace(/ \/>/g, '/>')
    .trim();
}

/** The String whose box is this rectangle, give or take a pixel. */
export function at(words, mark) {
  const near = (a, b) => Math.abs(Number(a) - b) <= 1.5;
  return words.find(
    (w) =>
      near(w.HPOS, mark.x) && near(w.VPOS, mark.y) && near(w.WIDTH, mark.width) && near(w.HEIGHT, mark.height),
  );
}

/** Lines of a PAGE file: their text, word by word. */
export function pageLines(xml) {
  const lines = [];
  for (const [, body] of xml.matchAll(/<(?:\w+:)?TextLine\b[^>]*>([\s\S]*?)<\/(?:\w+:)?TextLine>/g)) {
    const texts = [...body.matchAll(/<(?:\w+:)?Unicode>([\s\S]*?)<\/(?:\w+:)?Unicode>/g)];
    if (texts.length) lines.push(plain(texts.at(-1)[1]).split(/\s+/).filter(Boolean));
  }
  return lines;
}
