// Files that were dropped or chosen, those inside folders too, each with its path below what was dropped.

/** What systems leave in folders and nobody means to upload. */
const LEFTOVER = /^(?:\.|~\$|Thumbs\.db$|desktop\.ini$|__MACOSX$)/i;

/** Files of a drop as `{file, path}`, at most `limit` and one more; call it at once, for the browser forgets the drop. */
export async function droppedFiles(items, limit) {
  const entries = [...items].filter(({ kind }) => kind === 'file').map((item) => item.webkitGetAsEntry() ?? item.getAsFile());
  const found = [];
  for (const entry of entries) await walk(entry, found, limit);
  return found;
}

/** Files of an input, that of a folder too. */
export function chosenFiles(files) {
  return [...files].map((file) => ({ file, path: file.webkitRelativePath || file.name })).filter(({ path }) => !path.split('/').slice(1).some(isLeftover));
}

async function walk(entry, found, limit) {
  if (found.length > limit) return;
  if (entry instanceof File) {
    found.push({ file: entry, path: entry.name });
  } else if (entry.isFile) {
    found.push({ file: await new Promise((resolve, reject) => entry.file(resolve, reject)), path: entry.fullPath.replace(/^\//, '') });
  } else {
    const reader = entry.createReader();
    for (let inside = await next(reader); inside.length > 0 && found.length <= limit; inside = await next(reader)) {
      for (const each of inside.filter(({ name }) => !isLeftover(name))) await walk(each, found, limit);
    }
  }
}

/** A reader gives a folder in parts, an empty one last. */
function next(reader) {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject));
}

function isLeftover(name) {
  return LEFTOVER.test(name);
}
