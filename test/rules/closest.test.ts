import { describe, expect, it } from 'vitest';
import { closest } from '../../shared/rules/closest.ts';

const known = ['severity', 'status', 'type'];

describe('what was meant', () => {
  it.each(['severty', 'sevreity', 'Severity', 'severityy'])('by "%s" is severity', (word) => {
    expect(closest(word, known)).toBe('did you mean "severity"?');
  });

  it.each(['', 'banana', 'x'.repeat(100_000)])('by what is near nothing is not guessed', (word) => {
    expect(closest(word, known)).toBe('one of severity, status, type');
  });
});
