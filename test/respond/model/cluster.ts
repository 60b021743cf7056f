import { targetKey } from '../../../shared/actions/contract.ts';
import { readHead } from '../../../shared/incident/head.ts';
import type { Head } from '../../../shared/incident/items.ts';
import { findingIn, incidentOf, type ScanOptions, scanEvent } from './events.ts';
import type { Host } from './hosts.ts';
import { hostRules, World, type WorldOptions } from './world.ts';

const minute = 60_000;

/** A world whose accused are hosts of a cluster, by number: 1 to 6 are of `prod`, the others of `dev`. */
export class Cluster extends World {
  constructor(options: WorldOptions = {}) {
    super({ set: hostRules, ...options });
  }

  incidentOf(host: number): string {
    return incidentOf(scanEvent({ image: host }));
  }

  keyOf(host: number): string {
    const { resource, account, region } = findingIn(scanEvent({ image: host }));
    return targetKey({ ...resource, account, region });
  }

  host(host: number): Host {
    return this.hosts.at(this.keyOf(host));
  }

  /** A finding about a host, so many minutes from now. */
  accuse(host: number, inMinutes = 0, scan: ScanOptions = {}): void {
    this.host(host);
    void this.deliver(inMinutes * minute, scanEvent({ id: `finding-${host}`, ...scan, image: host }));
  }

  async head(host: number): Promise<Head> {
    const head = await readHead(this.table, this.incidentOf(host));
    if (head === undefined) throw new Error(`Nobody has heard of host ${host}`);
    return head;
  }

  /** What was published about a host, in order. */
  told(host: number) {
    const digest = String(host).repeat(12);
    return this.published.filter(({ subject }) => subject.includes(digest));
  }

  /** The hosts that were taken out, in order. */
  get order(): readonly number[] {
    const outs = [1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((n) =>
      (this.hosts.all.get(this.keyOf(n))?.outAt ?? []).map((at) => ({ n, at })),
    );
    return outs.toSorted((a, b) => a.at - b.at).map(({ n }) => n);
  }
}
