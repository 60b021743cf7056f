import type { Hono } from 'hono';
import type { Going, IdentityProvider } from '../../../shared/platform/oidc.ts';
import type { Secret } from '../../../shared/platform/parameters.ts';
import { consoleApp } from '../../../shared/respond/console/app.ts';
import type { Rule, Settings } from '../../../shared/rules/rule.ts';
import { Lab } from '../model/lab.ts';
import { rules } from '../model/world.ts';

export const at = 'https://console.example/';
export const signIn = {
  issuer: 'https://login.example.com',
  clientId: 'firebreak',
  claim: 'groups',
  groups: ['on-call'],
};

/** What a page has in its form: hidden fields by name. */
export function fieldsOf(
  page: string,
  act: string,
): { readonly action: string; readonly fields: Record<string, string> } {
  const form = [...page.matchAll(/<form[^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/g)].find(([, action = '']) =>
    new RegExp(`/${act}(\\?|$)`).test(action),
  );
  if (form === undefined) throw new Error(`The page has no form to ${act}`);
  const [, action = '', inner = ''] = form;
  const hidden = inner.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g);
  return {
    action: action.replaceAll('&amp;', '&'),
    fields: Object.fromEntries([...hidden].map(([, name, value]) => [name, value])),
  };
}

/** An incident and the web page that shows it. */
export class ConsoleLab extends Lab {
  readonly counted: string[] = [];
  readonly refusals: unknown[] = [];
  readonly came: { readonly provider: IdentityProvider; readonly to: string; readonly going: Going }[] = [];
  claims: { readonly [name: string]: unknown } = { sub: 'u1', email: 'ana@example.com', groups: ['on-call'] };
  subject = 'u1';
  secret: Secret | undefined;
  readonly app: Hono;
  cookie = '';

  constructor(more: Partial<Rule> = {}, settings: Partial<Settings> = { signIn }) {
    const all = rules.rules.map((one): Rule => ({ ...one, page: { contained: 'page', held: 'page' }, ...more }));
    super({ set: { ...rules, rules: all, settings: { ...rules.settings, ...settings } } });
    this.with({ consoleUrl: at });
    this.app = consoleApp({
      ...this.effects,
      log: (_message, fields) => this.refusals.push(fields['refusal']),
      count: (name) => this.counted.push(name),
      region: 'eu-west-1',
      bucket: 'evidence-bucket',
      secrets: { readSecret: async () => this.secret },
      oidc: {
        begin: async (provider, redirectUri) => {
          const going = { state: 's', nonce: 'n', verifier: 'v' };
          return { url: `${provider.issuer}/authorize?redirect_uri=${redirectUri}`, going };
        },
        finish: async (provider, to, going) => {
          if (!to.includes('state=s') || !to.includes('code=good')) throw new Error('unexpected state');
          this.came.push({ provider, to, going });
          return { subject: `${provider.issuer}#${this.subject}`, claims: this.claims };
        },
      },
    });
  }

  /** The path of the link in the latest page. */
  link(): string {
    const text = this.world.published.findLast(({ tier }) => tier === 'page')?.body ?? '';
    return /https:\/\/console\.example(\/l\/[0-9a-f]{64})/.exec(text)?.[1] ?? '';
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.app.request(path, { headers: { host: 'console.example', cookie: this.cookie, ...headers } });
  }

  async text(path: string): Promise<string> {
    return (await this.get(path)).text();
  }

  async post(path: string, form: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
    return this.app.request(path, {
      method: 'POST',
      headers: {
        host: 'console.example',
        cookie: this.cookie,
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      },
      body: new URLSearchParams(form).toString(),
    });
  }

  /** Sends the form of a page as a browser would, with these fields filled in. */
  async send(
    page: string,
    act: string,
    typed: Record<string, string> = {},
  ): Promise<{ readonly status: number; readonly text: string }> {
    const { action, fields } = fieldsOf(await this.text(page), act);
    const answer = await this.post(
      action,
      { ...fields, ...typed },
      { origin: 'https://console.example', 'sec-fetch-site': 'same-origin' },
    );
    return { status: answer.status, text: await answer.text() };
  }

  /** Goes to the provider and comes back; keeps the cookie, if there is one. */
  async signIn(back = '/signed-in?code=good&state=s'): Promise<Response> {
    const gone = await this.get('/sign-in');
    const going = gone.headers.getSetCookie().map((one) => one.split(';')[0] ?? '');
    const came = await this.get(back, { cookie: going.join('; ') });
    const session = came.headers.getSetCookie().find((one) => one.startsWith('__Host-firebreak='));
    if (session !== undefined) this.cookie = session.split(';')[0] ?? '';
    return came;
  }

  get page(): string {
    return `/incident?key=${encodeURIComponent(this.incident)}`;
  }
}

export const asking: Partial<Rule> = { approval: { when: ['always'] } };

/** An incident that asks, and whose page has gone out. */
export async function askedLab(): Promise<ConsoleLab> {
  const lab = new ConsoleLab(asking);
  await lab.takeIn();
  await lab.run();
  return lab;
}

/** One that is contained, and woke somebody. */
export async function containedLab(settings?: Partial<Settings>): Promise<ConsoleLab> {
  const lab = settings === undefined ? new ConsoleLab() : new ConsoleLab({}, settings);
  await lab.takeIn();
  await lab.playPlan();
  await lab.report();
  return lab;
}
