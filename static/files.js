// Files of the site, beside this one. Each is fetched with its hash, so that a wrong or torn copy is an error and never used.

/** A file by its name, where it is there and is the one that the hash names. */
export const file = async (name, integrity) => {
  const response = await fetch(new URL(name, import.meta.url), { integrity });
  if (!response.ok) throw new TypeError(`${name}: ${response.status}`);
  return response;
};

/** The data in a JSON file. */
export const json = async (name, integrity) => (await file(name, integrity)).json();
