import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { anyMoto } from '../deploy/moto.ts';
import { playDeployment } from '../deploy/play.ts';
import { SKIPPED, text } from '../deploy/report.ts';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** `npm run test:deploy`, where there is a moto; elsewhere it says so and is skipped. */
it("is deployed to moto, again without and with a change, and removed, with the deployer's permissions", async ({
  skip,
}) => {
  const moto = await anyMoto();
  if (moto === undefined) {
    process.stderr.write(SKIPPED);
    return skip();
  }
  try {
    const played = await playDeployment(root, moto);
    process.stderr.write(text(played));
    expect(played.wrong).toEqual([]);
    expect(played.phases.map(({ name }) => name)).toEqual([
      'deploy',
      'redeploy without a change',
      'redeploy after a change',
      'remove',
    ]);
  } finally {
    await moto.close();
  }
});
