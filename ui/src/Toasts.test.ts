import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, it, vi } from "vitest";

import App from "./App.svelte";
import { office, personOf } from "./testing";

it("says what happened where it can be seen and reached, in the dialog that is open", async () => {
  const { backend, office: it } = office({ people: [personOf({ availability: "busy" })] });
  render(App, { props: { office: it, backend } });
  await fireEvent.click(screen.getByTestId("person-row"));
  const card = await screen.findByTestId("person-card");
  await vi.waitFor(() => expect(within(card).queryAllByRole("alert")).toHaveLength(1));

  backend.reply = { code: "forbidden", text: "Ask for the right to see them." };
  await fireEvent.click(screen.getByTestId("card-tell-30"));
  expect((await within(card).findByTestId("problem")).textContent).toContain(
    "Ask for the right to see them.",
  );

  await fireEvent.click(within(card).getByTestId("card-dial"));
  await vi.waitFor(() => expect(screen.queryByTestId("person-card")).toBeNull());
  expect(screen.getByTestId("problem").isConnected, "it stays when the dialog goes").toBe(true);
});

it("says it in the page again when a dialog was taken away with what it belongs to", async () => {
  const { backend, office: it } = office({ people: [personOf({})] });
  render(App, { props: { office: it, backend } });
  await fireEvent.click(screen.getByTestId("person-row"));
  await screen.findByTestId("person-card");
  await tick();
  await fireEvent.click(screen.getByTestId("tab-accounts"));
  it.failed = { code: "internal", text: "It was not asked for." };
  await tick();
  expect(screen.getByTestId("problem").isConnected).toBe(true);
});
