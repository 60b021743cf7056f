import type { Action } from '../../shared/actions/contract.ts';
import { Lab } from './model/lab.ts';

/** A lab whose incident has a plan, none of whose steps has begun. */
export async function decided(): Promise<Lab> {
  const lab = new Lab();
  await lab.takeIn();
  await lab.decide();
  return lab;
}

/** The catalogue with a member of the shutting action replaced. */
export const shutWith = (lab: Lab, changed: Partial<Action>): void => {
  lab.with({
    catalogue: lab.effects.catalogue.map((action) =>
      action.name === 'fake.shut' ? { ...action, ...changed } : action,
    ),
  });
};

export const failing = (error: Error) => async (): Promise<never> => {
  throw error;
};
