import type { IncomingHttpHeaders } from 'node:http';

/** The door's own names, and AWS's, under which functions are led here. */
const OWN_HOST = /^(?:127\.\d+\.\d+\.\d+|\[::1\]|(?:[^:]+\.)?localhost|(?:[^:]+\.)?amazonaws\.com)(?::\d+)?$/i;

/**
 * Why a request is turned away before it is read, as one sentence; undefined: it may pass.
 *
 * The administrator's key is no secret and signatures are not verified, so that any page in a browser on this machine could
 * drive the account: by a form or `fetch` to 127.0.0.1, or under a name of its own that it lets resolve to 127.0.0.1 (DNS
 * rebinding). A browser cannot be made to hide either: it puts the page into Origin and Sec-Fetch-Site, and the name into Host.
 */
export function turnedAway(headers: IncomingHttpHeaders): string | undefined {
  const { host = '', origin, 'sec-fetch-site': site } = headers;
  if (!OWN_HOST.test(host)) {
    return `The sandbox answers to 127.0.0.1 and localhost, not to the Host ${JSON.stringify(host)}: use its endpoint as it was printed.`;
  }
  const elsewhere = origin !== undefined && origin !== `http://${host}`;
  if (elsewhere || (site !== undefined && site !== 'same-origin' && site !== 'none')) {
    return 'The sandbox takes no requests that a web page of another origin sends: use an AWS SDK, the aws CLI or curl.';
  }
  return undefined;
}
