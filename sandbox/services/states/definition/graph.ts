import { resourceProblem } from './resources.ts';
import type { Block, State } from './types.ts';

/**
 * What is wrong with how states refer to each other: targets that do not exist, states that cannot be reached, no
 * way to an end, names used twice, resources that this account cannot call. Each entry is `CODE: what at /path`.
 */
export function graphProblems(definition: Block): string[] {
  const seen = new Set<string>();
  const problems: string[] = [];

  const inspect = (block: Block, path: string): void => {
    if (!Object.hasOwn(block.States, block.StartAt)) {
      problems.push(`MISSING_TRANSITION_TARGET: Missing 'StartAt' target: ${block.StartAt} at ${path}/StartAt`);
    }
    for (const [name, state] of Object.entries(block.States)) {
      const here = `${path}/States/${name}`;
      if (seen.has(name)) problems.push(`DUPLICATE_STATE_NAME: Duplicate State name: ${name} at ${here}`);
      seen.add(name);
      for (const { field, target } of transitions(state)) {
        if (Object.hasOwn(block.States, target)) continue;
        problems.push(`MISSING_TRANSITION_TARGET: Missing '${field}' target: ${target} at ${here}/${field}`);
      }
      if (state.Type === 'Task') {
        const problem = resourceProblem(state);
        if (problem) problems.push(`SCHEMA_VALIDATION_FAILED: ${problem} at ${here}`);
      }
      for (const inner of blocksOf(state)) inspect(inner.block, `${here}/${inner.field}`);
    }
    const reached = reachable(block);
    for (const name of Object.keys(block.States)) {
      if (!reached.has(name))
        problems.push(`MISSING_TRANSITION_TARGET: State cannot be reached at ${path}/States/${name}`);
    }
    if (![...reached].some((name) => isTerminal(block.States[name]))) {
      problems.push(`NO_TERMINAL_STATE: No terminal state can be reached at ${path || '/'}`);
    }
  };
  inspect(definition, '');
  return problems;
}

function transitions(state: State): { field: string; target: string }[] {
  const out: { field: string; target: string }[] = [];
  if ('Next' in state && state.Next !== undefined) out.push({ field: 'Next', target: state.Next });
  if (state.Type === 'Choice') {
    for (const [n, rule] of state.Choices.entries()) out.push({ field: `Choices[${n}]/Next`, target: rule.Next });
    if (state.Default !== undefined) out.push({ field: 'Default', target: state.Default });
  }
  if ('Catch' in state) {
    for (const [n, { Next }] of (state.Catch ?? []).entries()) out.push({ field: `Catch[${n}]/Next`, target: Next });
  }
  return out;
}

function blocksOf(state: State): { field: string; block: Block }[] {
  if (state.Type === 'Parallel') return state.Branches.map((block, n) => ({ field: `Branches[${n}]`, block }));
  if (state.Type !== 'Map') return [];
  if (state.ItemProcessor) return [{ field: 'ItemProcessor', block: state.ItemProcessor }];
  return state.Iterator ? [{ field: 'Iterator', block: state.Iterator }] : [];
}

function reachable(block: Block): Set<string> {
  const reached = new Set<string>();
  const queue = [block.StartAt];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const state = block.States[name];
    if (!state || reached.has(name)) continue;
    reached.add(name);
    queue.push(...transitions(state).map(({ target }) => target));
  }
  return reached;
}

const isTerminal = (state: State | undefined): boolean =>
  state !== undefined && (state.Type === 'Succeed' || state.Type === 'Fail' || ('End' in state && state.End === true));
