// Pages of PDF files by PDF.js, which is loaded with the first. Files are read in a worker with a policy of its own; scripts, forms and links in
// them are not looked at: a page is a picture with its words over it.

let loading = null;

/** Opens the file at an address of this service: `file` is a promise of it, `close()` ends all that was begun for it. */
export async function openPdf(address) {
  loading ??= load();
  const { library, base } = await loading.catch((problem) => {
    loading = null;
    throw problem;
  });
  const port = startWorker(new URL('legacy/build/pdf.worker.min.mjs', base).href);
  const worker = new library.PDFWorker({ port });
  const task = library.getDocument({
    url: address,
    worker,
    cMapUrl: new URL('cmaps/', base).href,
    cMapPacked: true,
    standardFontDataUrl: new URL('standard_fonts/', base).href,
    useWorkerFetch: true,
    isEvalSupported: false,
    enableXfa: false,
    disableAutoFetch: true,
    disableStream: true,
  });
  const close = async () => {
    await task.destroy();
    worker.destroy();
    port.terminate();
  };
  return { file: task.promise, close };
}

/** Draws a page as wide as asked for: its picture on the canvas, its words into the layer above it. Returns the elements of the words. */
export async function drawPage(page, { canvas, layer, width }) {
  const { library } = await loading;
  const viewport = page.getViewport({ scale: width / page.getViewport({ scale: 1 }).width });
  const sharpness = Math.min(window.devicePixelRatio || 1, 2);
  canvas.width = Math.floor(viewport.width * sharpness);
  canvas.height = Math.floor(viewport.height * sharpness);
  canvas.style.width = `${Math.floor(viewport.width)}px`;
  canvas.style.height = `${Math.floor(viewport.height)}px`;
  layer.replaceChildren();
  layer.style.setProperty('--scale-factor', String(viewport.scale));
  const words = new library.TextLayer({ textContentSource: page.streamTextContent(), container: layer, viewport });
  await words.render();
  const transform = sharpness === 1 ? null : [sharpness, 0, 0, sharpness, 0, 0];
  await page.render({ canvasContext: canvas.getContext('2d'), viewport, transform, annotationMode: library.AnnotationMode.ENABLE }).promise;
  return words.textDivs;
}

async function load() {
  const library = await import('pdfjs');
  window.addEventListener('unhandledrejection', overlookCancelled);
  return { library, base: new URL('../../', import.meta.resolve('pdfjs')) };
}

/** A file that is closed while it is being read is no fault; nobody in PDF.js takes the rejections of the reads that it cancels. */
function overlookCancelled(event) {
  if (event.reason?.name === 'AbortError') event.preventDefault();
}

/** Under Trusted Types a worker is started only from an address that a policy made; this one makes that of PDF.js alone. */
function startWorker(address) {
  const { trustedTypes } = window;
  policy ??= trustedTypes ? trustedTypes.createPolicy('zhiku-pdf-worker', { createScriptURL: requireOwn }) : { createScriptURL: requireOwn };
  return new Worker(policy.createScriptURL(address), { type: 'module' });
}

let policy = null;

function requireOwn(address) {
  if (!address.startsWith(`${location.origin}/webjars/pdfjs-dist/`)) throw new TypeError(`${address} is no part of PDF.js`);
  return address;
}
