/** The builds of the node that pods run, by the tag of their image, loaded side by side from their bundles. */
import type * as build from './node-build.ts';

export type NodeBuild = typeof build;

export interface NodeBuilds {
  /** Feature level 1: images 0.1.0 and 0.1.1. */
  readonly first: NodeBuild;
  /** Feature level 2: image 0.2.0. */
  readonly second: NodeBuild;
}

/** @param folder where `scripts/bundle-operator-simulation.mjs` put the bundles */
export async function loadNodeBuilds(folder: string): Promise<NodeBuilds> {
  const load = async (name: string): Promise<NodeBuild> => (await import(`${folder}/${name}.mjs`)) as NodeBuild;
  return { first: await load('first'), second: await load('second') };
}

/** Null: there is no such image. */
export function buildOf(builds: NodeBuilds, image: string): NodeBuild | null {
  switch (image.split(':').at(-1)) {
    case '0.1.0':
    case '0.1.1':
      return builds.first;
    case '0.2.0':
      return builds.second;
    default:
      return null;
  }
}
