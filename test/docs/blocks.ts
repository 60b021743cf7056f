/** Which way a block goes where there are two: with the aws CLI, with the SDK, or only where there is an AWS account. */
export type Way = 'aws' | 'sdk' | 'on-aws';

/** A block of a page that a reader pastes into a shell. */
export interface ShellBlock {
  /** Of its first line in the page, from 1. */
  readonly line: number;
  readonly way?: Way;
  readonly text: string;
  /** It goes on in a terminal of its own. */
  readonly stays: boolean;
  /** What the page says that it prints; `…` stands for any text, alone in a line for any lines. */
  readonly prints?: string;
}

const STAYS = /^# In a second terminal:$/m;

const isWay = (word: string | undefined): word is Way | undefined =>
  word === undefined || word === 'aws' || word === 'sdk' || word === 'on-aws';

/** The fenced blocks of a page, in order. Throws for one that nobody would know how to run, with its line. */
export function shellBlocks(page: string): readonly ShellBlock[] {
  const blocks: ShellBlock[] = [];
  let open: { readonly info: string; readonly line: number; readonly text: string[] } | undefined;
  // Where the block before ended: what it prints stands right under it.
  let after = 0;
  for (const [at, text] of page.split('\n').entries()) {
    const [, info] = /^\s*```(.*)$/.exec(text) ?? [];
    if (open === undefined) {
      if (info !== undefined) open = { info: info.trim(), line: at + 2, text: [] };
      continue;
    }
    if (info === undefined) {
      open.text.push(text);
      continue;
    }
    if (info.trim() !== '') throw new Error(`line ${at + 1}: a block begins within the one of line ${open.line - 1}`);
    const [language, way, ...more] = open.info.split(' ');
    const last = blocks.at(-1);
    if (
      language === 'text' &&
      way === undefined &&
      last?.prints === undefined &&
      last !== undefined &&
      after === open.line - 2
    ) {
      blocks[blocks.length - 1] = { ...last, prints: open.text.join('\n') };
    } else if (language === 'sh' && isWay(way) && more.length === 0) {
      const whole = open.text.join('\n');
      blocks.push({ line: open.line, ...(way === undefined ? {} : { way }), text: whole, stays: STAYS.test(whole) });
    } else {
      throw new Error(`line ${open.line - 1}: nobody knows how to run a block of "${open.info}" here`);
    }
    after = at + 1;
    open = undefined;
  }
  if (open !== undefined) throw new Error(`line ${open.line - 1}: the block does not end`);
  return blocks;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What a page says is printed, as a pattern of all that is printed. */
export function printed(prints: string): RegExp {
  const lines = prints
    .split('\n')
    .map((line) => (line === '…' ? '(?:.*\\n)*?' : `${line.split('…').map(escaped).join('.+')}[ \\t]*\\n`));
  return new RegExp(`^${lines.join('')}$`);
}
