import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';
import { shellBlocks } from '../docs/blocks.ts';
import { openPageShell } from '../docs/pageShell.ts';
import { hasTool } from '../system/tools.ts';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const blocks = shellBlocks(readFileSync(new URL('../../docs/write-a-rule.md', import.meta.url), 'utf8'));
const hasBash = hasTool('bash', 'bash', ['--version']);

describe.skipIf(!hasBash)('docs/write-a-rule.md, pasted block after block', () => {
  it.each([
    ['aws', hasTool('the aws CLI', 'aws', ['--version'])],
    ['sdk', true],
  ] as const)('with the way of %s', async (way, there) => {
    if (!there) return;
    const shell = await openPageShell(root);
    try {
      for (const block of blocks) if (block.way === undefined || block.way === way) await shell.paste(block);
    } finally {
      await shell.close();
    }
  });
});
