import type { Target } from '../actions/contract.ts';
import type { Plan } from '../plan/plan.ts';
import { firstOf, plain } from './text.ts';

/** What a message is about, from whatever there is: the most severe finding, a step, else the incident's key. */
export interface About {
  readonly account: string;
  readonly region: string;
  /** `payments/checkout-api`, `prod/checkout`: what tells people which one it is. */
  readonly name: string;
  /** Of an image; null for anything else, and where the event named none. */
  readonly digest: string | null;
  /** Where it is, one line each. */
  readonly lines: readonly string[];
}

const mostTags = 10;
const mostContainers = 5;

interface Described extends Pick<About, 'name' | 'lines'> {
  readonly digest?: string | null;
}

function imageOf(repository: string, digest: string | null, tags: readonly string[]): Described {
  const shown = digest === null ? 'none: the event named no digest' : plain(digest, 100);
  return {
    name: repository,
    digest,
    lines: [
      `Repository ${plain(repository, 300)}`,
      `Digest ${shown}`,
      ...(tags.length === 0 ? [] : [`Tags ${firstOf(tags, mostTags, 60).join(', ')}`]),
    ],
  };
}

function taskOf(target: Target<'ecs-task'>): Described {
  const { cluster, service, id, taskDefinition, containers } = target;
  const images = firstOf(
    containers.map(({ name, image }) => `${name} (${image})`),
    mostContainers,
    300,
  );
  return {
    name: service === null ? id : `${cluster}/${service}`,
    lines: [
      `Cluster ${plain(cluster, 300)}`,
      ...(service === null ? [] : [`Service ${plain(service, 300)}`]),
      `Task ${plain(id, 300)}`,
      ...(taskDefinition === null ? [] : [`Task definition ${plain(taskDefinition, 400)}`]),
      ...images.map((image) => `Container ${image}`),
    ],
  };
}

function described(target: Target): Described {
  switch (target.kind) {
    case 'image':
      return imageOf(target.repository, target.digest, target.tags);
    case 'ecs-task':
      return taskOf(target);
    case 'ecs-service':
      return {
        name: target.id,
        lines: [`Cluster ${plain(target.cluster, 300)}`, `Service ${plain(target.service, 300)}`],
      };
    case 'ecs-cluster':
      return {
        name: target.cluster,
        lines: [
          `Cluster ${plain(target.cluster, 300)}`,
          ...firstOf(target.tasks, mostContainers).map((arn) => `Task ${arn}`),
        ],
      };
    case 'instance':
      return { name: target.id, lines: [`Instance ${plain(target.id, 100)}`] };
    case 'managed-instance':
      return { name: target.id, lines: [`Managed node ${plain(target.id, 100)}`] };
    case 'ecr-repository':
      return { name: target.repository, lines: [`Repository ${plain(target.repository, 300)}`] };
    case 'ecs-task-definition':
      return { name: target.id, lines: [`Task definition ${plain(target.id, 300)}`] };
    case 'pod':
      return { name: target.id, lines: [`Kubernetes workload ${plain(target.id, 500)}`] };
    case 'role':
      return {
        name: target.id,
        lines: [
          `Role ${plain(target.id, 300)}`,
          ...(target.session === null ? [] : [`Session ${plain(target.session, 300)}`]),
        ],
      };
    case 'function':
      return {
        name: target.id.slice(target.id.lastIndexOf(':') + 1),
        lines: [`Lambda function ${plain(target.id, 300)}`],
      };
    case 'secret':
      return { name: target.id, lines: [`Secret ${plain(target.id, 600)}`] };
    case 'access-key':
      return { name: target.id, lines: [`Access key ${plain(target.id, 100)} of user ${plain(target.user, 100)}`] };
    case 'security-group':
      return { name: target.id, lines: [`Security group ${plain(target.id, 100)}`] };
    case 'address':
      return { name: target.id, lines: [`Address ${plain(target.id, 100)}`] };
    case 'other':
      return otherOf(target);
  }
}

/** An image that is not in this account and Region is known by its name and digest as one that is. */
function otherOf({ type, id }: Target<'other'>): Described {
  const lines = [`${plain(type, 100)} ${plain(id, 500)}`];
  const prefix = 'ContainerImage/';
  if (!id.startsWith(prefix)) return { name: id, lines };
  const [name = '', digest = null] = id.slice(prefix.length).split('@');
  return { name, digest, lines };
}

function aboutTarget(target: Target): About {
  const { digest = null, ...rest } = described(target);
  return { account: target.account, region: target.region, digest, ...rest };
}

/** `<kind>/<account>/<region>/<id>` read back; an image's id is `<repository>@<digest>`. */
export function aboutKey(incident: string): About {
  const [kind = '', account = '', region = '', ...rest] = incident.split('/');
  const id = rest.join('/');
  const name = id === '' ? incident : id;
  if (kind !== 'image') return { account, region, name, digest: null, lines: [plain(name, 600)] };
  const [repository = '', digest = null] = name.split('@');
  return { account, region, ...imageOf(repository === '' ? incident : repository, digest, []), digest };
}

export function aboutPlan(plan: Plan, incident: string): About {
  const finding = (plan.findings.find(({ decision }) => decision !== 'ignore') ?? plan.findings[0])?.finding;
  if (finding !== undefined)
    return aboutTarget({ ...finding.resource, account: finding.account, region: finding.region });
  const own = [...plan.steps, ...plan.proposed].find(({ target }) => incident.endsWith(`/${target.id}`));
  return own === undefined ? aboutKey(incident) : aboutTarget(own.target);
}
