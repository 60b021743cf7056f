import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleFunctions } from '../../tools/bundle.ts';
import { copyTree } from '../../tools/treeCopy.ts';
import { packaged } from '../system/stage.ts';
import { type Cell, cellNamed } from './cells.ts';
import { type Ground, openGround } from './ground.ts';
import type { RemovedPiece } from './removed.ts';
import { runCells } from './run.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What the plays come to on the product as it is. */
async function usually(only: readonly string[]): Promise<Ground['baselines']> {
  await using intact = await openGround({ only });
  return intact.baselines;
}

/** What does not hold in a piece's trials when the piece is not there. */
export async function brokenWithout({ source, template, trials }: RemovedPiece): Promise<readonly string[]> {
  const copy = source === undefined ? undefined : copyTree(root);
  try {
    let code: string | undefined;
    if (copy !== undefined && source !== undefined) {
      const file = join(copy.root, source.file);
      const text = readFileSync(file, 'utf8');
      if (text.split(source.text).length !== 2) throw new Error(`The text is not once in ${source.file}`);
      writeFileSync(
        file,
        text.replace(source.text, () => source.replacement),
      );
      code = join(copy.root, 'bundles');
      await bundleFunctions(copy.root, code);
    }
    const only = trials.map(([name]) => name.split('/')[0] ?? '');
    const changed = { ...(template ? { template: template(packaged) } : {}), ...(code === undefined ? {} : { code }) };
    const baselines = await usually(only);
    await using broke = await openGround({ only, ...changed });
    const ground = { ...broke, baselines };
    const broken: string[] = [];
    for (const trial of trials)
      broken.push(...(await runCells(ground, trial.map(cellNamed) as [Cell, ...Cell[]])).broken);
    return broken;
  } finally {
    copy?.remove();
  }
}
