import { spawnSync } from 'node:child_process';
import { type Moto, openMoto } from '../../conformance/moto.ts';

/** moto_server, or moto as a module of Python; undefined where neither is there. Throws when it is there and does not come up. */
export async function anyMoto(): Promise<Moto | undefined> {
  const moto = (await openMoto()) ?? (await ofPython());
  if (moto === undefined) return undefined;
  // The machines that it executes are kept apart from those that its CloudFormation makes.
  const config = JSON.stringify({ stepfunctions: { execute_state_machine: false } });
  await fetch(`${moto.endpoint}/moto-api/config`, { method: 'POST', body: config });
  return moto;
}

async function ofPython(): Promise<Moto | undefined> {
  const module = spawnSync('python3', ['-c', 'import moto.server'], { stdio: 'ignore' }).status === 0;
  return module ? openMoto('python3', ['-m', 'moto.server']) : undefined;
}
