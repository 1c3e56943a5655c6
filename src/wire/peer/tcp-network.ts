/** The network between members over TCP, as production opens it. */
import { MemberNetwork } from './network.ts';
import type { MemberNetworkOptions, PeerEvents } from './network.ts';
import { TcpTransport } from './tcp-transport.ts';
import type { TcpTransportOptions } from './tcp-transport.ts';

export interface TcpNetworkOptions extends TcpTransportOptions, Omit<MemberNetworkOptions, 'transport'> {}

/** @throws when the port cannot be opened */
export async function openTcpNetwork(
  { host, port, resolve, ...rest }: TcpNetworkOptions,
  events: PeerEvents,
): Promise<{ readonly network: MemberNetwork; readonly port: number }> {
  const transport = new TcpTransport({ host, port, resolve });
  const network = await MemberNetwork.open({ ...rest, transport }, events);
  return { network, port: transport.port };
}
