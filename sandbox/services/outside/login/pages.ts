import type { Answer } from '../../../door/protocols/protocol.ts';

const NAMES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (one) => NAMES[one] ?? one);

/** No `form-action`: a browser would hold it against where the form's answer leads. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";

const page = (status: number, title: string, content: string): Answer => ({
  status,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': POLICY,
    'referrer-policy': 'no-referrer',
  },
  body: `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<style>body{font:1rem/1.5 sans-serif;margin:2rem auto;max-width:24rem;padding:0 1rem}label,input{display:block;width:100%;box-sizing:border-box}input{margin-bottom:1rem;padding:.5rem;font:inherit}button{padding:.5rem 1rem;font:inherit}</style></head>
<body><main><h1>${title}</h1>
${content}
</main></body>
</html>
`,
});

/** Asks a person who they are; works without scripts. The form goes to the address of the page, with all that was asked in it. */
export const signInPage = (to: string, complaint?: string): Answer =>
  page(
    complaint === undefined ? 200 : 400,
    'Sandbox login',
    `${complaint === undefined ? '' : `<p role="alert">${escaped(complaint)}</p>\n`}<p>Sign in to ${escaped(to)} as anybody: no password is asked for.</p>
<form method="post">
<label for="user">Sign in as</label><input id="user" name="user" autocomplete="off" autofocus>
<label for="groups">Groups</label><input id="groups" name="groups" value="on-call" autocomplete="off">
<button>Sign in</button> <button name="deny" value="yes">Cancel</button>
</form>`,
  );

export const refusalPage = (status: number, why: string): Answer =>
  page(status, 'Sandbox login', `<p role="alert">${escaped(why)}</p>`);
