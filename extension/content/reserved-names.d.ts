declare module "github-reserved-names/reserved-names.json" {
  /** First path segments that are GitHub's own and nobody's login. */
  const names: readonly string[];
  export default names;
}
