import type { Context } from 'hono';
import type { Metric } from '../../platform/metric.ts';
import type { Oidc } from '../../platform/oidc.ts';
import type { Secrets } from '../../platform/parameters.ts';
import type { Effects } from '../effects.ts';
import type { StartEffects } from '../start.ts';

/** What the console does to the world. */
export interface ConsoleEffects extends StartEffects {
  readonly bodies: Pick<Effects['bodies'], 'get'>;
  readonly ruleSets: Effects['ruleSets'];
  readonly secrets: Secrets;
  readonly oidc: Oidc;
  /** Counts what is refused. */
  readonly count: Metric;
  readonly region: string;
  /** Of the evidence. */
  readonly bucket: string;
}

export type Reply = Response | Promise<Response>;

/** The address that the browser sees, with a slash at its end. Lambda's front end routes by Host: nobody else's gets here. */
export function ownAddress({ req }: Context): string {
  const host = req.header('host') ?? new URL(req.url).host;
  return `${req.header('x-forwarded-proto') ?? 'https'}://${host}/`;
}
