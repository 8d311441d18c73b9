/** The folder of the project; the bundle that runs lies in a cache folder. */
export const root = process.env['LINQIAO_ROOT'] ?? process.cwd();
