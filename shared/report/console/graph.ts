import { html } from 'hono/html';
import type { Resource } from '../../finding/resource.ts';
import type { IncidentRecord } from '../../incident/incidentRecord.ts';
import { cut } from '../text.ts';
import type { Piece } from './page.ts';
import { shown } from './shown.ts';

const columns = ['image', 'service', 'task', 'owner'] as const;
type Column = (typeof columns)[number];

export interface Node {
  readonly column: Column;
  readonly name: string;
  /** A finding names it. */
  readonly accused: boolean;
  /** A step changed it, or would. */
  readonly changed: boolean;
}

export interface Graph {
  readonly nodes: readonly Node[];
  /** Names of the nodes at both ends, column by column. */
  readonly edges: readonly (readonly [from: string, to: string])[];
  /** Of so many more there is no room. */
  readonly more: number;
}

const mostInColumn = 8;

const idOf = (column: Column, name: string): string => `${column} ${name}`;

/** A registry's host would fill the box. */
const withoutRegistry = (image: string): string => image.replace(/^[^/]*[.:][^/]*\//, '');

/** What a resource says about who runs what: names by column, from the image on. */
function placesOf(resource: Resource): readonly { readonly column: Column; readonly name: string }[] {
  switch (resource.kind) {
    case 'image':
      return [
        {
          column: 'image',
          name:
            resource.digest === null ? resource.repository : `${resource.repository}@${resource.digest.slice(0, 19)}`,
        },
      ];
    case 'ecs-service':
      return [{ column: 'service', name: resource.id }];
    case 'ecs-task':
      return [
        ...resource.containers.map(({ image }) => ({ column: 'image' as const, name: withoutRegistry(image) })),
        ...(resource.service === null
          ? []
          : [{ column: 'service' as const, name: `${resource.cluster}/${resource.service}` }]),
        { column: 'task', name: resource.id },
      ];
    case 'instance':
    case 'managed-instance':
    case 'pod':
      return [{ column: 'task', name: resource.id }];
    default:
      return [];
  }
}

/** Image, services, tasks and owner of an incident, from its findings and its latest plan. */
export function graphOf({ findings, plan }: Pick<IncidentRecord, 'findings' | 'plan'>): Graph {
  const steps = [...(plan?.steps ?? []), ...(plan?.proposed ?? [])];
  const nodes = new Map<string, Node>();
  const edges = new Map<string, readonly [string, string]>();
  const add = (column: Column, name: string, what: Partial<Node>): string => {
    const id = idOf(column, name);
    const before = nodes.get(id);
    nodes.set(id, {
      column,
      name,
      accused: before?.accused === true || what.accused === true,
      changed: before?.changed === true || what.changed === true,
    });
    return id;
  };
  const join = (ids: readonly string[]): void => {
    for (const [at, from] of ids.entries()) {
      const to = ids[at + 1];
      if (to !== undefined) edges.set(`${from} ${to}`, [from, to]);
    }
  };
  const resources = [
    ...findings.map(({ resource }) => ({ resource: resource as Resource, accused: true })),
    ...steps
      .filter(({ facts }) => facts.changes)
      .map(({ target }) => ({ resource: target as Resource, accused: false })),
  ];
  for (const { resource, accused } of resources) {
    const places = placesOf(resource);
    const last = places.at(-1);
    const ids = places.map(({ column, name }) =>
      add(column, name, accused ? { accused: column === last?.column } : { changed: column === last?.column }),
    );
    const images = ids.filter((_, at) => places[at]?.column === 'image');
    const others = ids.filter((_, at) => places[at]?.column !== 'image');
    join(others);
    for (const image of images) join([image, ...others.slice(0, 1)]);
  }
  const of = (column: Column): readonly string[] =>
    [...nodes].flatMap(([id, one]) => (one.column === column ? [id] : []));
  // An image under a service that the same plan contains: the step says no more than that.
  for (const image of of('image')) {
    if (![...edges.values()].some(([from]) => from === image))
      for (const service of of('service')) join([image, service]);
  }
  if (plan !== null) {
    const owner = add('owner', plan.owner, {});
    const ends = [...nodes.keys()].filter((id) => id !== owner && ![...edges.values()].some(([from]) => from === id));
    for (const end of ends) join([end, owner]);
  }
  const kept = new Set(columns.flatMap((column) => of(column).slice(0, mostInColumn)));
  return {
    nodes: [...nodes].flatMap(([id, one]) => (kept.has(id) ? [one] : [])),
    edges: [...edges.values()].filter(([from, to]) => kept.has(from) && kept.has(to)),
    more: nodes.size - kept.size,
  };
}

const width = 880;
const boxWidth = 196;
const boxHeight = 48;
const gap = 14;
const titles: Readonly<Record<Column, string>> = {
  image: 'Image',
  service: 'Service',
  task: 'Task or host',
  owner: 'Owner',
};

/** What is where, as a picture; the same as a list is beside it for whoever does not see it. */
export function graphPiece(graph: Graph): Piece {
  const { nodes, edges, more } = graph;
  const inColumn = (column: Column): readonly Node[] => nodes.filter((one) => one.column === column);
  const tallest = Math.max(1, ...columns.map((column) => inColumn(column).length));
  const height = 28 + tallest * (boxHeight + gap);
  const placed = new Map(
    columns.flatMap((column, at) =>
      inColumn(column).map((one, row) => [
        idOf(column, one.name),
        { one, x: at * ((width - boxWidth) / (columns.length - 1)), y: 28 + row * (boxHeight + gap) },
      ]),
    ),
  );
  const line = ([from, to]: readonly [string, string]): Piece | null => {
    const [a, b] = [placed.get(from), placed.get(to)];
    if (a === undefined || b === undefined) return null;
    const [x1, y1, x2, y2] = [a.x + boxWidth, a.y + boxHeight / 2, b.x, b.y + boxHeight / 2];
    return html`<path d="M${x1} ${y1} C${x1 + 16} ${y1} ${x2 - 16} ${y2} ${x2} ${y2}"></path>`;
  };
  const box = ({ one, x, y }: { readonly one: Node; readonly x: number; readonly y: number }): Piece =>
    html`<g><title>${shown(one.name)}</title><rect x="${x + 1}" y="${y}" width="${boxWidth - 2}" height="${boxHeight}" rx="6" class="${one.accused ? 'accused' : one.changed ? 'changed' : ''}"></rect><text x="${x + 10}" y="${y + 20}">${cut(shown(one.name), 25)}</text><text class="kind" x="${x + 10}" y="${y + 38}">${[one.accused ? 'accused' : '', one.changed ? 'contained by the plan' : ''].filter((word) => word !== '').join(', ')}</text></g>`;
  const words = columns.flatMap((column) =>
    inColumn(column).map(
      ({ name, accused, changed }) =>
        html`<li>${titles[column]}: ${shown(name)}${accused ? ' (accused)' : ''}${changed ? ' (contained by the plan)' : ''}</li>`,
    ),
  );
  return html`<h2 id="graph">What runs where</h2><div class="scroll" tabindex="0" role="region" aria-labelledby="graph"><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="Image, services, tasks and owner; the list below says the same"><g>${columns.map((column, at) => html`<text class="kind" x="${at * ((width - boxWidth) / (columns.length - 1)) + 10}" y="16">${titles[column]}</text>`)}</g>${edges.map(line)}${[...placed.values()].map(box)}</svg></div>
<details><summary>The same as a list</summary><ul>${words}</ul></details>${more === 0 ? null : html`<p class="soft">and ${more} more</p>`}`;
}
