import type { Phase } from './life.ts';

/** What was sent in which phase, told apart by how much had been sent when a phase began. */
export function sentByPhase(sent: () => readonly string[]) {
  const began: { readonly phase: Phase; readonly at: number }[] = [];
  return {
    enter: (phase: Phase): void => void began.push({ phase, at: sent().length }),
    sent: (phases: readonly Phase[]): readonly string[] =>
      began.flatMap(({ phase, at }, index) => (phases.includes(phase) ? sent().slice(at, began[index + 1]?.at) : [])),
  };
}
