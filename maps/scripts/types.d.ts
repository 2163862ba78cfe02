// The shapes of what a page carries and of what its scripts hand to each other, for the checker of types; no page contains this file.

/** Of a municipality, in the order of the ids of those who take part. */
type Position = number;
/** The host of each municipality, by position. */
type HostOf = Position[];
/** For the places of a text. */
type Values = Record<string, unknown>;
/** Of the address: what stands behind `name=`. */
type Settings = Map<string, string>;
type Ends = [low: number, high: number];
type Point = [x: number, y: number];
/** Longitude and latitude, degrees. */
type Place = [number, number];
/** 1 for yes, 0 for no. */
type Flag = number;
type Content = Node | string | null | undefined;

/** Rows and once the names of what is in them, as `maps.pages.data.table`. */
interface Table<Row> {
  names: string[];
  rows: unknown[][];
  /** Of the rows that are read; no page carries it. */
  of?: Row;
}

/** As `maps.told.plan.Member`. */
interface Member {
  id: string;
  label: string;
  name: string;
  aliases: string[];
  county: string;
  county_number: string;
  population: number;
  centrality: number;
  place: [latitude: number, longitude: number];
  host: string | null;
  minutes: number | null;
  planner_fte: number;
  need_fte: number;
  planner_ends: Ends;
  planners_estimated: Flag;
  need_estimated: Flag;
  crosses: Flag;
}

/** What is counted of an office, as `optimizer.judging.evaluate.OfficeRow`; of each term its raw value. */
interface Figures<Minutes = number> {
  mean_minutes: Minutes;
  longest_minutes: Minutes;
  planner_fte: number;
  need_fte: number;
  terms: Record<string, Minutes>;
}

/** As `maps.told.plan.Office`; its id is that of its host. Minutes are null where there is no way. */
interface Office extends Figures<number | null> {
  id: string;
  members: string[];
  colour: number;
  planners_estimated: Flag;
  need_estimated: Flag;
}

/** What of it is a single figure. */
type Plain = Exclude<keyof Figures, "terms">;

/** As `maps.pages.data.Column`. */
interface Column {
  heading: string;
  figures: string[];
  decimals: number;
  estimated: "planners_estimated" | "need_estimated" | "";
  quiet: Flag;
  bordering: Flag;
  shared: Flag;
}

/** As `maps.pages.ways.ways_data`: the place of the name, minutes, the line, of a ferry the minutes of waiting. */
type WayPart = [name: number, minutes: number, line: string, wait?: number];

interface WayToHost {
  id: string;
  host: string;
  minutes: number;
  parts: WayPart[];
}

/** As `maps.told.today.Existing`. */
interface Existing {
  name: string;
  since: string;
  status: string;
  members: string[];
}

/** One of the plans of a comparison. */
interface Option {
  name: string;
  members: Map<string, Pick<Member, "id" | "host" | "minutes" | "crosses">>;
  offices: Map<string, Office>;
  /** Disciplines that each lacks, and kroner a year that it bears, by number; empty where not known. */
  lacks: Record<string, number>;
  bears: Record<string, number>;
}

/** Which office somebody has in one of them. */
interface PlaceIn {
  host: string;
  way: number | null;
  size: number;
  name: string;
}

/** Between two of them: who has another office, and offices that have only another host, before and after. */
interface ChangesBetween {
  before: number;
  after: number;
  moved: string[];
  new_hosts: [string, string][];
}

/** What a page carries, as `maps.pages.render.render`. */
interface Source {
  members: Table<Member>;
  offices: Table<Office>;
  extent: [[number, number], [number, number]];
  ranges: { low: number; high: number; most: number; least: number };
  minutes_estimated: Flag;
  /** Key of the text that names whose data the map shows; empty for none. */
  credit: string;
  today: { offices: Table<Existing>; councils: string[]; council_of: Record<string, [council: number, checked: Flag][]> };
  /** How firm each place is, and why it is there; null if nobody asked. */
  firm: Table<{ id: string; words: string; why: string }> | null;
  ways: { names: string[]; of: Table<WayToHost> };
  texts: Record<string, string>;
  number: { between: string; point: string };
  /** Name by number; of the report and the comparison. */
  counties: Record<string, string>;
  /** Of the report; null if its plan is not whole. */
  trial: Trial | null;
  /** Of a report that carries the solver. */
  solver: SolverData | null;
  /** Of the report; null if kroner are not counted. */
  kroner: KronerData | null;
  /** Of the map page: what municipalities may be coloured by beside what every plan has, by number. */
  shades: Record<string, Record<string, number>>;
  /** Of the report. */
  columns: Table<Column>;
  /** Of the comparison, as the two below. */
  options: { name: string; members: Table<Pick<Member, "id" | "host" | "minutes" | "crosses">>; offices: Table<Office>; lacks: Record<string, number>; bears: Record<string, number>; terms: Record<string, number | null> }[];
  changes: Table<ChangesBetween>;
  /** The option that the comparison opens with. */
  best: number;
  /** By which all options are judged, by term; and the options that keep the rules. */
  prices: Record<string, number>;
  keeping: number[];
  files: { name: string; type: string; content: string }[];
}

/** What changes while the page is open, and what report and comparison add to the map. */
interface Page {
  members: Map<string, Member>;
  offices: Map<string, Office>;
  /** What the map shows when nothing else is asked for. */
  extent: L.LatLngBoundsExpression;
  readonly map: L.Map;
  readonly layers: Parts;
  /** Whether another grouping than the plan is shown. */
  trialOn: boolean;
  /** Who wants to know which municipality is chosen, and that another grouping is shown. */
  onChoice: ((id: string | null) => void)[];
  onTrial: (() => void | Iterable<void>)[];
  /** Who makes something for paper when printing begins. */
  onPaper: (() => void)[];
  /** The numbers of shared offices while something is printed. */
  numbers: Map<string, number> | null;
  /** In the card of a municipality: its office in every option, why it is alone, who else could host, what can be tried, what its buttons do. */
  inCard: {
    options?: (member: Member) => HTMLElement;
    why?: (id: string) => string[];
    near?: (office: Office) => string;
    trial?: (member: Member) => HTMLElement | null;
    money?: (id: string) => string[];
    acts: [label: string, act: (host: string) => void, alone?: string][];
  };
  /** Once the map is there. */
  begin?: () => void;
  relabel?: () => void;
}

/** As `maps.pages.trial.trial_data`. */
interface Trial {
  judge: JudgeData;
  run: string;
  plan: string;
  status: string;
  bound: number | null;
  near: Position[];
  rank: number[];
  regions: string[];
  vacancy: number;
  plans: [Position, Position][][];
}

/** As `optimizer.problem.Limits`. */
interface Limits {
  max_minutes: number;
  min_members: number;
  max_members: number;
  alone_exempt: boolean;
  contiguity: string;
  county_lines: string;
  critical_mass: string;
  min_office_fte: number;
  max_office_need_fte: number | null;
  min_host_share: number;
  covers: string[];
  min_offices: number | null;
  max_offices: number | null;
  [name: string]: any;
}

interface Pins {
  together: Position[][];
  apart: Position[][];
  fixed: [Position, Position][];
  must_host: Position[];
  may_not_host: Position[];
  leave_out: string[];
  held: [Position, Position[]][];
}

/** As `maps.pages.trial.judge_data`. */
interface JudgeData {
  ids: string[];
  nodes: number;
  minutes: { form: string; symmetric: boolean; data: string };
  links: number[];
  counties: string[];
  statsforvaltere: string[];
  planner_fte: number[] | number;
  need_fte: number[] | number;
  fixed_need_fte: number[] | number;
  trips: number[] | number;
  barred: Position[];
  decided: Position[];
  /** Who does not take part, though the run had it: of a question that a reader asks. */
  left?: Position[];
  fixed_kept: number;
  /** Årsverk on the road for each minute, where there are days at each town hall. */
  road_fte_per_minute?: number;
  /** Prices in kroner; null where they are not counted. */
  money: {
    bought_kr: number;
    bought_share: number;
    hired_share: number;
    hire_from_fte: number;
    office_kr: number;
    member_kr: number;
    fte_kr: number[] | number;
    alone_kr: (number | null)[] | null;
  } | null;
  /** Disciplines; null where nothing is known of them. `needed`: by whom, null for everybody; `table`: årsverk and persons, by position. */
  disciplines: {
    names: string[];
    shares: number[];
    threshold: number;
    needed: (Position[] | null)[];
    table: Record<Position, [number, number | null][]>;
  } | null;
  /** Their names; of each rule what it is of and the decimals of its figure. */
  terms: string[];
  rules: Record<string, { of: string; decimals: number; applies: boolean }>;
  limits: Limits;
  weights: Record<string, number>;
  pins: Pins;
}

type Cover = "covered" | "one_person" | "not";

/** As `optimizer.judging.disciplines.Coverage`; `known`: whether persons are known of all who hold it. */
interface Coverage {
  cover: Cover;
  fte: number;
  known: boolean;
  needing: Position[];
}

/** As `optimizer.judging.evaluate.Violation`. */
interface Breach {
  rule: string;
  ids: Position[];
  host: Position | null;
  found: number | null;
  limit: number | null;
}

/** As `optimizer.judging.evaluate.OfficeRow`, by positions. */
interface OfficeRow extends Figures {
  host: Position;
  members: Position[];
  minutes_equivalents: number;
}

/** What a term may count: an office with those who travel to it, and the problem that it is in. */
interface Counted extends Omit<OfficeRow, "terms" | "minutes_equivalents"> {
  others: Position[];
}

interface About {
  data: JudgeData;
  limits: Limits;
  trips: number[];
  way(i: Position, host: Position): number;
  lacked(members: Position[]): Position[][];
  net(office: Counted): number;
}

interface JudgedOffice {
  row: OfficeRow;
  breaches: Breach[];
  excused: Breach[];
}

type RuleState = "met" | "broken" | "excused" | "not applicable";

/** As `optimizer.judging.evaluate.Evaluation`. */
interface Judgement {
  terms: Record<string, { value: number; minutes: number }>;
  objective: number;
  breaches: Breach[];
  excused: Breach[];
  rules: Record<string, RuleState>;
  offices: OfficeRow[];
}

type Judge = ReturnType<typeof import("./trial/judge.js").makeJudge>;
type Kroner = ReturnType<typeof import("./money/kroner.js").makeKroner>;
type Moves = ReturnType<typeof import("./trial/moves.js").makeMoves>;

interface Change {
  hostOf: HostOf;
  /** Minutes more than now. */
  extra: number;
  /** Rules that it breaks and that are kept now. */
  broken: string[];
}

/** An office that somebody can go to. */
interface Offer extends Change {
  to: Position;
  minutes: number;
}

/** The same for the page: by id, and whether the locks forbid it. */
interface Offered extends Offer {
  id: string;
  held: boolean;
}

interface AloneTrial {
  host: Position;
  members: Position[];
  other: Position;
  minutes: number;
}

/** As `optimizer.judging.alone.Alone`. */
interface WhyAlone {
  neighbours: number;
  cheapest: (AloneTrial & { extra: number }) | null;
  nearest: AloneTrial | null;
  stops: Breach[];
  borderline: (AloneTrial & { extra: number }) | null;
}

/** The plan as computed, beside what is tried. */
interface PlanTried {
  index: Map<string, Position>;
  hostOf: HostOf;
  found: Judgement;
  members: Map<string, Member>;
  offices: Map<string, Office>;
  colours: Map<Position, number>;
}

interface Step {
  hostOf: HostOf;
  locks: Set<Position>;
  what: string;
}

/** The history, as it goes along. */
interface TrialKept {
  origin: string;
  at: number;
  steps: { moved: [Position, Position][]; locks: Position[] }[];
}

/** What can be done with the grouping that is tried; municipalities by id. */
interface Trying {
  /** Whether somebody takes part. */
  knows(id: string): boolean;
  options(id: string): Offered[];
  nearHosts(office: Office): string;
  isLocked(id: string): boolean;
  isAlone(id: string): boolean;
  cost(id: string, kind: "lead" | "alone" | "split"): Change;
  move(id: string, host: string): void;
  lead(id: string): void;
  alone(id: string): void;
  moveAll(id: string, host: string): void;
  /** Several at once, in one step. */
  moveSome(ids: string[], host: string): void;
  split(id: string): void;
  lock(id: string): void;
  /** Another plan; shown when what is promised is there. */
  take(moved: [Position, Position][], what: string): Promise<void>;
  isPlan(moved: [Position, Position][]): boolean;
  undo(): void;
  redo(): void;
  reset(): void;
  /** Each change in words, and the sum. */
  told(): { lines: string[]; sum: string };
  csv(): string;
  locks(): Position[];
  /** The plan as computed, and the grouping that is shown. */
  planned(): HostOf;
  shown(): HostOf;
  pins(): { any: boolean; text: string };
  judged(): Judgement;
  ids(): string[];
  render(): { judge: Judge; hostOf: HostOf; found: Judgement };
}

/** A name on the map. */
interface Name {
  kind: "host" | "place" | "member";
  member: Member;
  /** From this zoom on. */
  from: number;
  width: number;
}

interface Box {
  x: number;
  y: number;
  right: number;
  bottom: number;
}

type SharedLine = [one: string, other: string, line: Place[]];
type Row = HTMLTableRowElement;

/** How a table is sorted. */
interface Order {
  column: number;
  numeric: boolean;
  falling: boolean;
}

/** The shape of a municipality on the map. */
type Area = L.Polygon & { feature: { id: string; geometry: { type: string; coordinates: any } } };

/** What Folium's script made, by name. */
interface Parts {
  map: L.Map;
  municipalities: L.GeoJSON;
  borders: L.GeoJSON;
  hosts: L.FeatureGroup;
  travel: L.GeoJSON;
  /** The grey map of Norway, for municipalities of Norway. */
  base?: L.TileLayer;
  layers: L.Control.Layers;
}

/** Parts of a cost by the key that divides each. */
type KeyParts = Record<string, number>;

/** As `maps.pages.kroner.kroner_data`. */
interface KronerData {
  key: KeyParts;
  shared_part: string;
  prices: Record<string, number>;
  fte_kr: number[] | number;
  minute_kr: number[] | number;
  alone_kr: (number | null)[] | null;
  hours: (number | null)[] | null;
  /** Members of each office of today. */
  there: Position[][];
  /** Of those who share an office already, by position. */
  today: Record<Position, YearlyMoney>;
  /** Of the plan, by host and members: what groups would pay, and what each member pays by keys that take a solver; whole øre. */
  offices: Record<string, { groups: [group: number, ore: number][] | null; solved: Record<string, number[]> }>;
  /** Every group that could be an office, what it costs, and both ends of the sum of prices that none refuses, the higher first; whole øre. */
  possible: { groups: Position[][]; costs: number[]; prices: Ends } | null;
}

/** As `optimizer.judging.kroner.three_states.YearlyMoney`: kroner, kroner and årsverk. */
interface YearlyMoney {
  cost: number;
  cash: number;
  undone: number;
  /** Årsverk employed, new posts included. */
  posts: number;
  /** Årsverk bought from outside. */
  bought: number;
}

interface ThreeStates {
  today: YearlyMoney;
  alone: YearlyMoney;
  shared: YearlyMoney;
}

/** What a member gets; shared is null where the page cannot know what it pays. */
interface MemberStates {
  today: YearlyMoney;
  alone: YearlyMoney;
  shared: YearlyMoney | null;
}

/** As `optimizer.judging.kroner.office_money.OfficeMoney`. */
interface OfficeMoney extends YearlyMoney {
  host: Position;
  members: Position[];
  employed: number;
  hired: number;
  parts: Record<string, number>;
}

/** A group that would pay less in an office of its own, how much less and what that costs; whole øre. */
interface BetterOffice {
  members: Position[];
  gain: number;
  cost: number;
}

interface Acceptance {
  pays: Ends | null;
  leaves: Ends | null;
  tried: boolean;
  /** Kroner; null if no grant helps. */
  grant: number | null;
}

/** The account of an office by a key; members in id order. */
interface Account {
  host: string;
  ids: string[];
  office: OfficeMoney;
  states: ThreeStates;
  members: MemberStates[];
  /** Whole øre, and whole kroner more than alone; null where the page cannot know. */
  paid: number[] | null;
  extra: number[] | null;
  gain: number;
  place(k: number): "large" | "small" | "middle";
}

/** All offices within the rules: each group once, with every host that may have it; what they add to a term, by its name. */
interface Listed {
  groups: Counted[][];
  values: Record<string, Float64Array[]>;
}

/** Of each group the least cost, whole millionths of a minute, and the host that has it. */
interface Priced {
  costs: Float64Array;
  hosts: Int32Array;
}

/** What is chosen from: groups by row, their costs, and how many shared offices there may be. */
interface Asked {
  members: Position[][];
  costs: ArrayLike<number>;
  n: number;
  least: number | null;
  most: number | null;
}

/** A bound, what each office costs above it, and the plan if the relaxation is whole. */
interface Relaxed {
  bound: number;
  reduced: Map<number, number>;
  plan: number[] | null;
}

/** Something that a reader asks beyond the run. */
interface Demand {
  kind: string;
  ids: Position[];
  /** Of a limit its name and value, of a county its number. */
  name?: string;
  value?: number | null;
  /** Whether it is a lock of the trial. */
  lock?: boolean;
}

/** What a reader asks: prices, limits, demands, the locks of the grouping in view, and a county if only that may change. */
interface Wishes {
  weights: Record<string, number>;
  limits: Record<string, number | null>;
  demands: Demand[];
  locks: Position[];
  hostOf: HostOf;
  county: string;
}

/** Minutes; a plan is null as long as none is known. */
interface Progress {
  bound: number;
  objective: number | null;
  hostOf: HostOf | null;
}

type Answered =
  | { kind: "proved"; objective: number; hostOf: HostOf; offices: number }
  | { kind: "infeasible"; conflict: Demand[]; decided: boolean }
  | { kind: "ranges"; ranges: { name: string; low: number; high: number; far: number }[] | null }
  | { kind: "too_many" };

/** An answer that a reader keeps. Values of terms are raw. */
interface Tried {
  name: string;
  wishes: Wishes;
  hostOf: HostOf;
  proved: boolean;
  objective: number;
  terms: Record<string, number>;
  offices: number;
  alone: number;
}

type ToWorker =
  | { kind: "start"; wasm: string; base: JudgeData }
  | { kind: "list"; wishes: Wishes; most: number }
  | { kind: "ask" | "ranges"; id: number; wishes: Wishes; plans: HostOf[]; most: number };
type FromWorker = { kind: "ready" } | { kind: "failed"; id: number; why: string } | ({ kind: "progress"; id: number } & Progress) | ({ id: number } & Answered);
type Ended = Answered | { kind: "stopped"; progress: Progress | null } | { kind: "failed"; why: string };

/** As `maps.pages.solver.carried`: how many offices a page lists at most. */
interface SolverData {
  most: number;
}

/** What of the vendored HiGHS is used; its own types come with the package. */
interface HighsModel {
  options: { set(options: Record<string, unknown>): unknown };
  run(callbacks?: Record<number, (event: { data: { mip_dual_bound?: number; mip_solution?: Float64Array } }) => undefined | void>): unknown;
  getModelStatus(): number;
  getSolution(): { colValue: Float64Array; rowDual: Float64Array };
  setSolution(solution: { colValue: Float64Array }): unknown;
  dispose(): void;
}
interface HighsLoader {
  instantiateWasm(imports: WebAssembly.Imports, receive: (instance: WebAssembly.Instance) => void): void;
  printErr(text: string): void;
}
declare const Module: (options: HighsLoader) => Promise<Highs>;
interface Highs {
  infinity: number;
  constants: { callbackType: { mipImprovingSolution: number; mipLogging: number } };
  createModel(data: Record<string, unknown>): HighsModel;
}
