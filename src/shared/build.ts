/**
 * What this build is. The bundler replaces the two names below; without it (tests, types) they are absent and the defaults stand.
 * A second build with another version and the next feature level is how the rolling upgrade is tested (rule S16).
 */
declare const __QUORATE_VERSION__: string | undefined;
declare const __QUORATE_FEATURE_LEVEL__: number | undefined;

export const BUILD_VERSION: string = typeof __QUORATE_VERSION__ === 'string' ? __QUORATE_VERSION__ : '0.0.0-development';

/**
 * The highest feature level that this build speaks (rule S16). It reads this level and the one below, and writes the level in force,
 * which a log entry raises once every member says that it can.
 */
export const FEATURE_LEVEL_MAX: number = typeof __QUORATE_FEATURE_LEVEL__ === 'number' ? __QUORATE_FEATURE_LEVEL__ : 1;

export const FEATURE_LEVEL_MIN: number = Math.max(1, FEATURE_LEVEL_MAX - 1);
