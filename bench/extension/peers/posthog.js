// posthog-js with session replay, and nothing else of it that can be switched off.

import posthog from 'posthog-js/dist/module.full.no-external';
import 'posthog-js/dist/posthog-recorder';

posthog.init('phc_bench', {
  api_host: `${location.origin}/peer/posthog`,
  autocapture: false,
  capture_pageview: false,
  capture_performance: false,
  capture_heatmaps: false,
  capture_exceptions: false,
  capture_dead_clicks: false,
  disable_surveys: true,
  disable_external_dependency_loading: true,
  disable_session_recording: false,
  opt_out_useragent_filter: true,
});
posthog.startSessionRecording(true);
