import type { Answer } from '../../sandbox/door/protocols/protocol.ts';
import { askFunctionUrl } from '../../sandbox/services/lambda/url/ask.ts';
import { fieldsOf } from '../respond/console/consoleLab.ts';
import type { Stage } from './stage.ts';

export interface Page {
  readonly status: number;
  readonly text: string;
  readonly headers: Answer['headers'];
}

/** The console of a stage, as a browser asks it, and without one: what it shows and what its forms send. */
export class WebPage {
  readonly stage: Stage;
  readonly address: string;
  cookie = '';

  constructor(stage: Stage) {
    this.stage = stage;
    this.address = stage.sandbox.stack.outputs['ConsoleUrl'] ?? '';
  }

  /** The path of the link in the latest page. */
  link(): string {
    const body = this.stage.told().findLast(({ tier }) => tier === 'page')?.body ?? '';
    const link = /(http:\/\/\S+)(\/l\/[0-9a-f]{64})/.exec(body);
    return link !== null && `${link[1]}/` === this.address ? (link[2] ?? '') : '';
  }

  get(target: string): Promise<Page> {
    return this.ask('GET', target);
  }

  async ask(method: string, target: string, form?: Readonly<Record<string, string>>): Promise<Page> {
    const { host, origin } = new URL(this.address);
    const headers: [string, string][] = [['host', host]];
    if (form !== undefined) headers.push(['content-type', 'application/x-www-form-urlencoded'], ['origin', origin]);
    if (this.cookie !== '') headers.push(['cookie', this.cookie]);
    const answered = await askFunctionUrl(this.stage.account, {
      method,
      target,
      headers,
      body: Buffer.from(form === undefined ? '' : new URLSearchParams(form).toString()),
      sourceIp: '127.0.0.1',
    });
    return { status: answered.status, text: answered.body.toString(), headers: answered.headers };
  }

  /** Sends the form of a page. */
  async send(page: string, act: string, typed: Readonly<Record<string, string>> = {}): Promise<Page> {
    const { action, fields } = fieldsOf((await this.get(page)).text, act);
    return this.ask('POST', action, { ...fields, ...typed });
  }
}
