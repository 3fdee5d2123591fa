use model::{Problem, ProblemCode};
use protocols::{Fault, Response};

use super::{Nguc, Phase, Purpose};
use crate::{Action, ActionId, Failure, Report};

impl Nguc {
    pub(super) fn do_action(&mut self, id: ActionId, action: Action) {
        let problem = match action {
            Action::PickUp { queue, caller } => match self.credentials.access.clone() {
                Some(token) if self.phase == Phase::Live => {
                    let request = self.api.pick_up(&queue, &caller, &token);
                    return self.ask(Purpose::PickUp(id), request);
                }
                Some(_) | None => Problem::new(
                    ProblemCode::Unreachable,
                    "This account is not connected; try again when it is.",
                ),
            },
            Action::SetDnd(_) => Problem::new(
                ProblemCode::Forbidden,
                "NGUC has no known way to switch do-not-disturb from here; use NGUC's own app.",
            ),
            Action::Dial(_) => Problem::new(
                ProblemCode::Forbidden,
                "NGUC has no known way to start a call from here; use your phone or NGUC's own app.",
            ),
        };
        self.report(Report::Done(id, Err(problem)));
    }

    pub(super) fn picked_up(&mut self, id: ActionId, answer: Result<&Response, &Fault>) {
        let result = match answer {
            Ok(response) if response.is_success() => Ok(()),
            Ok(Response { status: 404 | 409 | 410, .. }) => {
                let text = "The caller no longer waits in this queue.";
                Err(Problem::new(ProblemCode::Protocol, text))
            }
            Ok(Response { status: 401, .. }) => {
                self.refused_by_rest();
                let text = "NGUC wanted a new token first; try again.";
                Err(Problem::new(ProblemCode::RefusedToken, text))
            }
            Ok(Response { status: 403, .. }) => {
                let text = "This account may not pick up from this queue; ask your administrator.";
                Err(Problem::new(ProblemCode::Forbidden, text))
            }
            Ok(response) => Err(Failure::from_status(response.status, response.retry_after).of_action()),
            Err(fault) => Err(Failure::from(fault).of_action()),
        };
        self.report(Report::Done(id, result));
    }
}
