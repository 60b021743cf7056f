import { headsIn, readHead } from '../shared/incident/head.ts';
import type { Table } from '../shared/incident/table.ts';
import { readTarget } from '../shared/incident/targets.ts';

const kinds: { readonly [type: string]: string } = {
  cluster: 'ecs-cluster',
  service: 'ecs-service',
  task: 'ecs-task',
  repository: 'image',
  instance: 'instance',
};

/** The key of what an ARN names; of a repository, what the keys of its images begin with. A key stays as it is. */
function keyOf(target: string): string {
  const [, region = '', account = '', type = '', id = ''] =
    /^arn:[^:]+:[^:]+:([^:]*):([^:]*):([^/]+)\/(.+)$/.exec(target) ?? [];
  return type === '' ? target : `${kinds[type] ?? type}/${account}/${region}/${id}`;
}

/** What lies in a cluster has its name in its own key, and an image its repository's. */
function isWithin(incident: string, key: string): boolean {
  if (incident === key || incident.startsWith(`${key}@`)) return true;
  const [kind = '', ...place] = key.split('/');
  if (kind !== 'ecs-cluster') return false;
  return ['ecs-service', 'ecs-group', 'ecs-task'].some((one) => incident.startsWith(`${[one, ...place].join('/')}/`));
}

/**
 * Whether an incident ever was about a target, an open one is about something in it, or something was to be changed there. Only for a warning:
 * what may not be read counts as known.
 */
export async function isKnown(table: Table, target: string): Promise<boolean> {
  const key = keyOf(target);
  try {
    if ((await readTarget(table, key)) !== undefined || (await readHead(table, key)) !== undefined) return true;
    const open = [...(await headsIn(table, 'running')), ...(await headsIn(table, 'resting'))];
    return open.some((incident) => isWithin(incident, key));
  } catch {
    return true;
  }
}
