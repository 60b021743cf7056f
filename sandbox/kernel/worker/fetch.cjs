'use strict';
const http = require('node:http');
const https = require('node:https');

/** Answers that have no body (Fetch standard, "null body status"). */
const NO_BODY = [204, 205, 304];

/**
 * `fetch` by way of `node:https`, which leads to the front door: Node's own makes its TLS connections by itself, and they lead nowhere.
 * It follows no redirects. `AbortSignal.timeout` is on the account's clock, as every timer.
 */
function installFetch() {
  AbortSignal.timeout = (ms) => {
    const controller = new AbortController();
    const late = () => new DOMException('The operation was aborted due to timeout', 'TimeoutError');
    setTimeout(() => controller.abort(late()), ms);
    return controller.signal;
  };

  globalThis.fetch = async function fetch(input, init) {
    const request = new Request(input, init);
    request.signal.throwIfAborted();
    const body = request.body === null ? undefined : Buffer.from(await request.arrayBuffer());
    const { status, statusText, headers, bytes } = await send(request, body);
    if (headers.has('location') && status >= 300 && status < 400 && request.redirect !== 'manual')
      throw failed(new Error('the sandbox follows no redirects'));
    const response = new Response(NO_BODY.includes(status) ? null : bytes, { status, statusText, headers });
    return Object.defineProperty(response, 'url', { value: request.url });
  };
}

const failed = (cause) => new TypeError('fetch failed', { cause });

function send(request, body) {
  const { promise, resolve, reject } = Promise.withResolvers();
  const { url, method, signal } = request;
  const { request: open } = url.startsWith('https:') ? https : http;
  const length = body === undefined ? {} : { 'content-length': body.length };
  const sent = open(url, { method, headers: { ...Object.fromEntries(request.headers), ...length } });
  const abort = () => sent.destroy(signal.reason);
  const fail = (cause) => reject(signal.aborted ? signal.reason : failed(cause));
  signal.addEventListener('abort', abort);
  sent.once('close', () => signal.removeEventListener('abort', abort));
  sent.once('error', fail);
  sent.once('response', (answer) => {
    const chunks = [];
    answer.on('data', (chunk) => chunks.push(chunk));
    answer.once('error', fail);
    answer.once('end', () => {
      const headers = new Headers();
      for (const [name, values] of Object.entries(answer.headersDistinct))
        for (const value of values) headers.append(name, value);
      const { statusCode: status, statusMessage: statusText } = answer;
      resolve({ status, statusText, headers, bytes: Buffer.concat(chunks) });
    });
  });
  sent.end(body);
  return promise;
}

module.exports = { installFetch };
