import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Account } from './account.ts';
import { type Door, openDoor } from './door/door.ts';
import { createAccount, type RunningAccount } from './kernel/kernel.ts';
import { services } from './services.ts';
import { deploy, type Stack, type Template } from './template/deploy.ts';
import { loadWorld } from './world/load.ts';
import type { World } from './world/schema.ts';

/** Beside the bundles, where the build put it. */
const COMPILED = 'compiled';

/** What `npm run build` made: the compiled template and the functions' bundles. */
export interface Artifacts {
  readonly template: Template;
  /** Folder with one folder per bundle. */
  readonly bundles: string;
}

export interface SandboxOptions {
  readonly world: World;
  readonly seed?: number;
  /** The virtual clock's first moment. */
  readonly startAt?: Date;
  /** `paced` follows wall time (a sandbox that is kept running); `stepped` moves only when driven. */
  readonly mode?: 'stepped' | 'paced';
  readonly speed?: number;
  readonly port?: number;
  /** As of `AccountOptions`. */
  readonly compiledFolder?: string;
  /** Told of what went wrong within the account while nobody waited for it; default: thrown to the next who waits. */
  readonly onFailure?: (error: Error) => void;
}

export interface EmbeddedAccount {
  readonly account: Account;
  readonly clock: RunningAccount['clock'];
  readonly door: Door;
  close(): Promise<void>;
}

export interface Sandbox extends EmbeddedAccount {
  readonly stack: Stack;
}

const defaultStart = new Date('2026-11-20T02:00:00.000Z');

/** An account with its front door and world, and nothing deployed in it. Close it in `finally`. */
export async function openAccount(options: SandboxOptions): Promise<EmbeddedAccount> {
  const { account, clock, close } = createAccount({
    id: options.world.account,
    region: options.world.region,
    seed: options.seed ?? 1,
    startAtMs: (options.startAt ?? defaultStart).getTime(),
    mode: options.mode ?? 'stepped',
    ...(options.speed === undefined ? {} : { speed: options.speed }),
    ...(options.compiledFolder === undefined ? {} : { compiledFolder: options.compiledFolder }),
    ...(options.onFailure === undefined ? {} : { onFailure: options.onFailure }),
  });
  try {
    const door = await openDoor(account, services, options.port === undefined ? {} : { port: options.port });
    loadWorld(account, options.world);
    return { account, clock, door, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The account with the stack of a compiled template deployed in it. */
export async function openSandbox(artifacts: Artifacts, options: SandboxOptions): Promise<Sandbox> {
  const compiledFolder = join(dirname(artifacts.bundles), COMPILED);
  const opened = await openAccount(existsSync(compiledFolder) ? { ...options, compiledFolder } : options);
  try {
    const stack = deploy(opened.account, artifacts.template, {
      stack: 'firebreak-dev',
      codeFolder: (s3Key) => join(artifacts.bundles, basename(s3Key, '.zip')),
    });
    return { ...opened, stack };
  } catch (error) {
    await opened.close();
    throw error;
  }
}
