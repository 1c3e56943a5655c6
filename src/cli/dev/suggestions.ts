/** What is worth trying on a devcluster, in commands that work as they stand there. */
import type { Suggestion } from '../view/live/scene.ts';

export interface Surroundings {
  readonly cluster: string;
  readonly namespace: string;
  readonly kubeconfigFile: string;
  readonly passwordFile: string;
  readonly clientPort: number;
  /** How this program is called here. */
  readonly program: string;
  readonly hasKubectl: boolean;
  readonly hasRedisCli: boolean;
}

export function suggestionsFor(here: Surroundings): readonly Suggestion[] {
  const { cluster, namespace, kubeconfigFile, passwordFile, clientPort, program, hasKubectl, hasRedisCli } = here;
  const kubectl = hasKubectl ? 'kubectl' : `${program} kubectl`;
  const inNamespace = namespace === 'default' ? '' : ` -n ${namespace}`;
  const redis = hasRedisCli ? 'redis-cli' : `${program} cli`;
  return [
    { command: `export KUBECONFIG=${kubeconfigFile}`, what: 'in another terminal, first of all' },
    { command: `${kubectl} get stc${inNamespace} --watch`, what: 'the cluster, as Kubernetes shows it' },
    { command: `${kubectl} delete pod${inNamespace} -l quorate.io/role=leader`, what: 'the others elect another leader' },
    { command: `${kubectl} scale stc/${cluster}${inNamespace} --replicas=5`, what: 'learners catch up, become voters' },
    { command: `${program} restart ${cluster}${inNamespace}`, what: 'one by one, the leader last' },
    { command: `${program} explain ${cluster}${inNamespace}`, what: 'what the operator does next, and why' },
    { command: `${program} dev chaos`, what: 'members, leaders and nodes die on a beat' },
    { command: `${redis} -p ${clientPort} -a "$(cat ${passwordFile})"`, what: '' },
  ];
}
