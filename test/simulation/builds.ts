/** The builds of the production code that machines run, loaded side by side from their bundles. */
import type * as build from './build.ts';

export type Build = typeof build;

export interface Builds {
  /** The one that a cluster begins with, at feature level 1. */
  readonly first: Build;
  /** The next one, which speaks the level after it. */
  readonly second: Build;
}

/** @param folder where `scripts/simulate.mjs` put the bundles */
export async function loadBuilds(folder: string): Promise<Builds> {
  const load = async (name: string): Promise<Build> => (await import(`${folder}/${name}.mjs`)) as Build;
  return { first: await load('first'), second: await load('second') };
}
