/** Tables as an API server sends them (`meta.k8s.io/v1 Table`), laid out as `kubectl get` lays them out. */
export interface ServerTable {
  readonly columnDefinitions?: readonly { readonly name: string; readonly priority: number }[] | null;
  readonly rows?: readonly ServerRow[];
}

export interface ServerRow {
  readonly cells: readonly unknown[];
  readonly object?: { readonly metadata?: { readonly namespace?: string; readonly name?: string } };
}

export interface TableOptions {
  /** With the columns of `-o wide`. */
  readonly isWide: boolean;
  /** With a column NAMESPACE in front. */
  readonly showsNamespace: boolean;
  /** In front of each name, where tables of several kinds follow each other: `pod/`. */
  readonly namePrefix: string;
  readonly hidesHeader: boolean;
}

/** Spaces after the widest cell of a column. */
const PADDING = 3;
const WIDTH_MIN = 6;

/** Remembers how wide its columns were: rows that a watch adds later line up with those before. */
export class TableText {
  readonly #options: TableOptions;
  #shown: readonly number[] = [];
  #names: readonly string[] = [];
  #widths: number[] = [];
  #hasHeader = false;

  constructor(options: TableOptions) {
    this.#options = options;
  }

  /** The lines of `table`; the header only the first time. */
  lines({ columnDefinitions, rows = [] }: ServerTable): readonly string[] {
    if (columnDefinitions !== null && columnDefinitions !== undefined) {
      const kept = columnDefinitions
        .map(({ name, priority }, at) => ({ name, priority, at }))
        .filter(({ priority }) => this.#options.isWide || priority === 0);
      this.#shown = kept.map(({ at }) => at);
      this.#names = kept.map(({ name }) => name.toUpperCase());
    }
    const texts = rows.map((row) => this.#rowOf(row));
    if (!this.#hasHeader && !this.#options.hidesHeader) {
      texts.unshift([...(this.#options.showsNamespace ? ['NAMESPACE'] : []), ...this.#names]);
    }
    this.#hasHeader = true;
    for (const cells of texts) {
      for (const [at, text] of cells.entries()) {
        this.#widths[at] = Math.max(this.#widths[at] ?? WIDTH_MIN, text.length + PADDING);
      }
    }
    return texts.map((cells) =>
      cells.map((text, at) => (at === cells.length - 1 ? text : text.padEnd(this.#widths[at] ?? 0))).join(''),
    );
  }

  #rowOf({ cells, object }: ServerRow): string[] {
    const { showsNamespace, namePrefix } = this.#options;
    const texts = this.#shown.map((at, index) => `${index === 0 ? namePrefix : ''}${cellText(cells[at])}`);
    return [...(showsNamespace ? [object?.metadata?.namespace ?? ''] : []), ...texts];
  }
}

/** What is not there is empty; of several lines the first one stands for all. */
function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell !== 'string') return JSON.stringify(cell);
  const end = cell.search(/[\f\n\r]/);
  return end < 0 ? cell : `${cell.slice(0, end)}...`;
}
