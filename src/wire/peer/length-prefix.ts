/** The four-byte length before each unit of a peer connection; FrameCutter in frame.ts takes it off again. */
export function lengthPrefixed(unit: Uint8Array): Buffer {
  const framed = Buffer.allocUnsafe(4 + unit.length);
  framed.writeUInt32LE(unit.length, 0);
  framed.set(unit, 4);
  return framed;
}
