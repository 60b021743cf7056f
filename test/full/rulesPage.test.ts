import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';
import { shellBlocks, type Way } from '../docs/blocks.ts';
import { openPageShell } from '../docs/pageShell.ts';
import { hasTool } from '../system/tools.ts';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const blocks = shellBlocks(readFileSync(new URL('../../docs/rules.md', import.meta.url), 'utf8'));
const hasBash = hasTool('bash', 'bash', ['--version']);

describe.skipIf(!hasBash)('docs/rules.md, pasted block after block', () => {
  async function paste(way: Way): Promise<void> {
    const shell = await openPageShell(root);
    try {
      for (const block of blocks) if (block.way === undefined || block.way === way) await shell.paste(block);
    } finally {
      await shell.close();
    }
  }

  it.skipIf(!hasTool('the aws CLI', 'aws', ['--version']))('with the aws CLI', () => paste('aws'));

  it('with the SDK', () => paste('sdk'));
});
