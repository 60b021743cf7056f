import { openTheatre, type Theatre } from '../../cli/demo/theatre.ts';
import type { Artifacts } from '../../sandbox/sandbox.ts';
import { minus, type Usage, usageSoFar } from './usage.ts';

/** What an event comes to that is not contained: each alone in its batch, under the shipped pack, which observes. */
export interface EventKinds {
  /** A rule takes it, and only tells. */
  readonly observed: Usage;
  /** No rule takes it. */
  readonly ignored: Usage;
  /** It says again what is known: the same finding, in another event. */
  readonly repeated: Usage;
}

async function taken(theatre: Theatre, happen: () => void): Promise<Usage> {
  const before = usageSoFar(theatre.sandbox);
  happen();
  await theatre.settle();
  return minus(usageSoFar(theatre.sandbox), before);
}

/** Plays one of each. */
export async function playEventKinds(artifacts: Artifacts): Promise<EventKinds> {
  const theatre = await openTheatre({ artifacts, world: 'payments.account.yaml', seed: 1 });
  try {
    await theatre.pass(61);
    const api = await theatre.image('payments/checkout-api', '1.42.0');
    const ledger = await theatre.image('payments/ledger', '2.7.1');
    return {
      observed: await taken(theatre, () => theatre.scanned(api, { CRITICAL: 12 })),
      ignored: await taken(theatre, () => theatre.scanned(ledger, { MEDIUM: 3 })),
      repeated: await taken(theatre, () => theatre.scanned(api, { CRITICAL: 12 })),
    };
  } finally {
    await theatre.sandbox.close();
  }
}

/** What an hour takes in which nothing happens: the guard each minute, the sweep and the canary each five. */
export async function playIdleHour(artifacts: Artifacts): Promise<Usage> {
  const theatre = await openTheatre({ artifacts, world: 'payments.account.yaml', seed: 1, canary: true });
  try {
    // What the first guard publishes is taken once, and not each hour.
    await theatre.pass(90);
    const before = usageSoFar(theatre.sandbox, { upkeep: true });
    await theatre.pass(3600);
    return minus(usageSoFar(theatre.sandbox, { upkeep: true }), before);
  } finally {
    await theatre.sandbox.close();
  }
}
