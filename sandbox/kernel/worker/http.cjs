'use strict';
const http = require('node:http');
const https = require('node:https');
const { urlToHttpOptions } = require('node:url');

/** The request's number within its worker: orders requests that were sent side by side. */
const REQUEST_NUMBER = 'x-sandbox-request';

/**
 * Sends HTTPS to the front door as plain HTTP under its own Host, and numbers requests.
 *
 * @returns {() => void} begins the numbers anew
 */
function installHttp() {
  const plainRequest = http.request;
  const agent = new http.Agent({ keepAlive: true });
  let sent = 0;

  function request(...args) {
    const made = plainRequest.apply(http, args);
    sent += 1;
    // With `Expect: 100-continue` the headers are on their way already.
    if (!made.headersSent) made.setHeader(REQUEST_NUMBER, String(sent));
    return made;
  }

  function secureRequest(...args) {
    const given = args.findLast((argument) => argument && typeof argument === 'object' && !(argument instanceof URL));
    const address = typeof args[0] === 'string' || args[0] instanceof URL ? urlToHttpOptions(new URL(args[0])) : {};
    const options = { ...address, ...given };
    const host = options.hostname ?? options.host;
    const headers = { host, ...options.headers };
    const plain = { ...options, protocol: 'http:', defaultPort: 80, port: options.port ?? 443, agent, headers };
    return request(
      plain,
      args.find((argument) => typeof argument === 'function'),
    );
  }

  const getter =
    (send) =>
    (...args) => {
      const made = send(...args);
      made.end();
      return made;
    };

  http.request = request;
  http.get = getter(request);
  https.request = secureRequest;
  https.get = getter(secureRequest);

  return () => {
    sent = 0;
  };
}

module.exports = { installHttp };
