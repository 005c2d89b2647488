//! Work that goes on while its result is waited for, on the threads of the pool.

use std::sync::mpsc::{Receiver, TryRecvError, sync_channel};

/// A result on its way.
pub(super) struct Promise<T>(Receiver<T>);

/// Begins `work` on any thread of the pool.
pub(super) fn promised<'scope, T: Send + 'scope>(
    scope: &rayon::Scope<'scope>,
    work: impl FnOnce() -> T + Send + 'scope,
) -> Promise<T> {
    let (sender, receiver) = sync_channel(1);
    scope.spawn(move |_| {
        // Nobody waits any more where reading ended in an error.
        let _ = sender.send(work());
    });
    Promise(receiver)
}

impl<T> Promise<T> {
    /// The result. While it is not there, this thread does what else there is to do: on one thread, the work itself.
    /// `None` where the work panicked, which the scope passes on.
    pub fn wait(self) -> Option<T> {
        loop {
            match self.0.try_recv() {
                Ok(result) => return Some(result),
                Err(TryRecvError::Disconnected) => return None,
                Err(TryRecvError::Empty) => match rayon::yield_now() {
                    Some(rayon::Yield::Executed) => {}
                    // Another thread is at it.
                    Some(rayon::Yield::Idle) => std::thread::yield_now(),
                    // Outside of the pool.
                    None => return self.0.recv().ok(),
                },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_on_any_number_of_threads() {
        let squares = || {
            rayon::in_place_scope(|scope| {
                let promises: Vec<Promise<u64>> = (0..40).map(|n| promised(scope, move || n * n)).collect();
                promises.into_iter().filter_map(Promise::wait).sum::<u64>()
            })
        };
        assert_eq!(squares(), 20_540, "outside of a pool");
        for threads in [1, 2, 3] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            assert_eq!(pool.install(squares), 20_540, "{threads}");
        }
    }
}
