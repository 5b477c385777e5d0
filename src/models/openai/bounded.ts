/** No answer of a model is nearly as long. */
const mostBytes = 4 * 1024 * 1024;

/** The same answer, which fails when it goes on for longer than any does. */
export function bounded(response: Response): Response {
  let bytes = 0;
  const limit = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, out) {
      bytes += chunk.byteLength;
      if (bytes > mostBytes) out.error(new Error('an answer that never ends'));
      else out.enqueue(chunk);
    },
  });
  const { status, statusText, headers, body } = response;
  return body === null ? response : new Response(body.pipeThrough(limit), { status, statusText, headers });
}
