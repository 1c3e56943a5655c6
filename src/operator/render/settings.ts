/** What the operator adds to a resource when it renders its children. */
export interface RenderSettings {
  /** Image of a StorageCluster without `spec.image`: `<repository>:<spec.version>`. */
  readonly imageRepository: string;
}
