//! The table of [`sentence`](super::sentence): English as the program makes it, with `{}` for names and numbers, and Vietnamese.
//! The first entry that fits counts: what is more particular stands before what is more general.

pub(super) const SENTENCES: &[(&str, &str)] = &[
    // Values of study.toml and of options.
    ("give a number from {} (bridge nothing) to {}", "hãy ghi số từ {} (không nối) đến {}"),
    ("give a number of m from 0 (bridge nothing) to {}", "hãy ghi số mét từ 0 (không nối) đến {}"),
    ("give a number of {} above 0, at most {}", "hãy ghi số {} lớn hơn 0, nhiều nhất {}"),
    ("give a number of {} from {} to {}", "hãy ghi số {} từ {} đến {}"),
    ("give a number from {} to {}", "hãy ghi số từ {} đến {}"),
    ("give a number from {}", "hãy ghi số từ {} trở lên"),
    ("give a height of {} to {} m above ground", "hãy ghi độ cao từ {} đến {} m trên mặt đất"),
    ("give a frequency of {} to {} MHz", "hãy ghi tần số từ {} đến {} MHz"),
    (
        "give a probability from {} to {}, such as 0.75 or 75%",
        "hãy ghi xác suất từ {} đến {}, như 0.75 hoặc 75%",
    ),
    ("give a probability from {} to {}", "hãy ghi xác suất từ {} đến {}"),
    ("give a width of 1 to 10000 m, such as 50", "hãy ghi bề rộng từ 1 đến 10000 m, như 50"),
    ("give a width of {} to {} m", "hãy ghi bề rộng từ {} đến {} m"),
    ("give a time such as 10s, 500ms or 2m", "hãy ghi thời gian như 10s, 500ms hoặc 2m"),
    ("give a share such as 0.1% or 0.001", "hãy ghi tỷ lệ như 0.1% hoặc 0.001"),
    ("give a share such as 95% or a number such as 400", "hãy ghi tỷ lệ như 95% hoặc con số như 400"),
    (
        "no land cover: only {} of {} values looked at are classes of ESA WorldCover, others are such as {}",
        "không phải lớp phủ: chỉ {} trong {} giá trị đã xem là mã lớp ESA WorldCover, giá trị khác như {}",
    ),
    ("a whole number, 1 or more", "số nguyên từ 1 trở lên"),
    ("a pixel is a number of m above 0, such as {}", "cỡ điểm ảnh là số mét lớn hơn 0, ví dụ {}"),
    ("invalid digit found in string", "phải là số nguyên từ 0 trở lên"),
    ("cannot parse integer from empty string", "phải là số nguyên"),
    ("number too large to fit in target type", "số quá lớn"),
    ("number too small to fit in target type", "số quá nhỏ"),
    ("invalid float literal", "phải là một số, như 2.5"),
    ("cannot parse float from empty string", "phải là một số, như 2.5"),
    (
        "a radius is a number of km above 0 and at most {}, such as {} or {}",
        "bán kính là số km lớn hơn 0, nhiều nhất {}, ví dụ {} hoặc {}",
    ),
    ("a height is a number of m from {} to {}, such as {}", "độ cao là số mét từ {} đến {}, ví dụ {}"),
    (
        "there is no such preset. Did you mean `{}`? There are: {}",
        "không có bộ thông số này. Ý bạn là `{}`? Có: {}",
    ),
    ("there is no such preset. There are: {}", "không có bộ thông số này. Có: {}"),
    (
        "there is no such class. Did you mean `{}`? There are: {}",
        "không có lớp phủ này. Ý bạn là `{}`? Có: {}",
    ),
    ("there is no such class. There are: {}", "không có lớp phủ này. Có: {}"),
    ("there are two entries for this band; keep one", "băng tần này có hai mục; hãy giữ lại một"),
    (
        "sigma_db is of a whole band: give it to the entry without class",
        "sigma_db là của cả băng tần: hãy ghi vào mục không có class",
    ),
    (
        "a second opinion is a prediction; give \"itm\" or \"p1812\"",
        "ý kiến thứ hai phải là dự báo; hãy ghi \"itm\" hoặc \"p1812\"",
    ),
    (
        "[coverage.link] azimuth_deg and tilt_deg: an antenna that is the same in every direction has none; set pattern = \
         \"sector\" or \"three_sectors\"",
        "[coverage.link] azimuth_deg và tilt_deg: anten như nhau ở mọi hướng thì không có hướng và góc cụp; hãy ghi pattern = \
         \"sector\" hoặc \"three_sectors\"",
    ),
    ("say where it looks, as in azimuth_deg = 120", "hãy ghi hướng của sector, ví dụ azimuth_deg = 120"),
    ("{}° is no central meridian of VN-2000 ({})", "{}° không phải kinh tuyến trục của VN-2000 ({})"),
    // Models, profiles, maps.
    ("{} = {} is outside of {} to {} {} ({})", "{} = {} nằm ngoài khoảng từ {} đến {} {} ({})"),
    (
        "the effective earth radius is outside of 4000 to 13333 km",
        "bán kính trái đất hiệu dụng nằm ngoài khoảng từ 4000 đến 13333 km",
    ),
    ("the ground's impedance is not that of ground", "trở kháng đất không phải của mặt đất"),
    ("no finite loss over this terrain", "không có suy hao hữu hạn trên địa hình này"),
    ("path length outside of 0.25 to 3000 km", "chiều dài tuyến nằm ngoài 0.25 đến 3000 km"),
    ("fewer than 5 points in the profile", "mặt cắt có ít hơn 5 điểm"),
    ("dn outside of 20 to 120 N-units/km", "dn nằm ngoài 20 đến 120 đơn vị N/km"),
    ("n0 outside of 250 to 400 N-units", "n0 nằm ngoài 250 đến 400 đơn vị N"),
    (
        "location variability outside of squares of 50 to 1000 m",
        "biến động theo vị trí chỉ cho ô vuông từ 50 đến 1000 m",
    ),
    ("frequency outside of the model's range", "tần số nằm ngoài phạm vi của mô hình"),
    ("antenna height outside of the model's range", "độ cao anten nằm ngoài phạm vi của mô hình"),
    ("horizon angle above 200 mrad", "góc chân trời trên 200 mrad"),
    ("horizon distance unlike that over smooth earth", "khoảng cách chân trời khác xa mặt đất phẳng"),
    ("surface refractivity below 250 N-units", "chiết suất bề mặt dưới 250 đơn vị N"),
    ("extreme percentages", "tỷ lệ phần trăm quá gần 0 hoặc 100"),
    ("unequal spacing: heights interpolated", "các điểm cách nhau không đều: độ cao được nội suy"),
    ("clutter is not used by this model", "mô hình này không dùng vật che"),
    ("a profile needs at least 2 points, not {}", "mặt cắt cần ít nhất 2 điểm, ở đây có {}"),
    (
        "the first distance must be 0 (the transmitter), not {} km",
        "khoảng cách đầu tiên phải là 0 (máy phát), ở đây là {} km",
    ),
    (
        "point {}: the distance {} km must be greater than the one before it and at most 20000 km",
        "điểm {}: khoảng cách {} km phải lớn hơn điểm trước và không quá 20000 km",
    ),
    (
        "point {}: the terrain height {} m is not between -1000 and 10000 m",
        "điểm {}: độ cao địa hình {} m không nằm trong khoảng -1000 đến 10000 m",
    ),
    (
        "point {}: the clutter height {} m is not between 0 and 1000 m",
        "điểm {}: độ cao vật che {} m không nằm trong khoảng 0 đến 1000 m",
    ),
    ("{}: {} values for {} points", "{}: {} giá trị cho {} điểm"),
    ("no loss: {}", "không tính được suy hao: {}"),
    (
        "{} N {} E to {} N {} E is no extent of a map: choose sites away from poles and date line",
        "từ {} B {} Đ đến {} B {} Đ không vẽ được thành bản đồ: hãy chọn vị trí xa hai cực và đường đổi ngày",
    ),
    ("a pixel of {} m: give a size above 0", "điểm ảnh {} m: hãy ghi cỡ lớn hơn 0"),
    (
        "{} pixels are too many for one map (limit {}): use larger pixels, a smaller radius or sites that lie nearer together",
        "{} điểm ảnh là quá nhiều cho một bản đồ (giới hạn {}): hãy dùng điểm ảnh lớn hơn, bán kính nhỏ hơn, hoặc các vị trí gần nhau \
         hơn",
    ),
    (
        "{} sites × {} pixels are too many for one run (limit {}): use fewer sites or larger pixels",
        "{} vị trí × {} điểm ảnh là quá nhiều cho một lần chạy (giới hạn {}): hãy bớt vị trí hoặc dùng điểm ảnh lớn hơn",
    ),
    (
        "pixels of {} m and a radius of {} m are more than {} samples a radial: use larger pixels",
        "điểm ảnh {} m với bán kính {} m là quá {} điểm trên một tia: hãy dùng điểm ảnh lớn hơn",
    ),
    ("a radius of {} m is not a finite number", "bán kính {} m không phải số hữu hạn"),
    ("a radius of {} m is negative", "bán kính {} m là số âm"),
    ("a coordinate is not a finite number ({}, {})", "toạ độ không phải số hữu hạn ({}, {})"),
    ("latitude {} is outside -90…90 degrees", "vĩ độ {} nằm ngoài -90…90 độ"),
    ("longitude {} is outside -180…180 degrees", "kinh độ {} nằm ngoài -180…180 độ"),
    (
        "northing {} m, easting {} m lie outside what the zone can show",
        "X {} m, Y {} m nằm ngoài phạm vi của múi chiếu",
    ),
    ("longitude {}° is too far from the central meridian {}°", "kinh độ {}° quá xa kinh tuyến trục {}°"),
    ("the projection gave no position: {}", "phép chiếu không cho vị trí: {}"),
    ("the projection failed", "phép chiếu không thực hiện được"),
    // Sums and sizes.
    (
        "{} rows or columns are more than a matrix can number ({})",
        "{} hàng hoặc cột là quá nhiều cho một ma trận ({})",
    ),
    (
        "candidate {} serves village {}, but there are {} villages",
        "vị trí {} phục vụ thôn, bản {}, nhưng chỉ có {} thôn, bản",
    ),
    (
        "candidate {} serves village {}, which is listed as unknown",
        "vị trí {} phục vụ thôn, bản {} đang được ghi là không rõ",
    ),
    ("{} numbers were given for {} villages", "có {} con số cho {} thôn, bản"),
    ("the sum over all villages is above {}", "tổng của mọi thôn, bản vượt quá {}"),
    ("{} points are more than an index can number ({})", "{} điểm là quá nhiều cho một chỉ mục ({})"),
    ("{} weights were given for {} points", "có {} hệ số cho {} điểm"),
    ("the sum of the weights is above {}", "tổng các hệ số vượt quá {}"),
    (
        "village {} has the weight {}: give a number from {} to {}",
        "thôn, bản {} có trọng số {}: hãy ghi số từ {} đến {}",
    ),
    (
        "{} villages were given for a coverage matrix of {}",
        "có {} thôn, bản cho ma trận phủ sóng {} thôn, bản",
    ),
    (
        "the villages' {}, times their weights, sum up to more than {}: scale the weights down",
        "tổng {} của thôn, bản nhân với trọng số vượt quá {}: hãy giảm các trọng số",
    ),
    ("{} sites were given for a coverage matrix of {}", "có {} vị trí cho ma trận phủ sóng {} hàng"),
    (
        "{} weights were given for a coverage matrix of {} villages",
        "có {} trọng số cho ma trận phủ sóng {} thôn, bản",
    ),
    ("{} costs were given for {} sites", "có {} chi phí cho {} vị trí"),
    (
        "the villages' weights, or the sites' costs, sum up to more than 2^62: scale them down",
        "tổng trọng số của thôn, bản hoặc tổng chi phí vượt quá 2^62: hãy giảm các số này",
    ),
    // Plans.
    ("a rule names site number {}, but there are {}", "ràng buộc nêu vị trí số {}, nhưng chỉ có {} vị trí"),
    ("site {} is forced in and forced out", "vị trí {} có cả trong --include và --exclude; hãy bỏ một bên"),
    (
        "the sites that are forced in are too many, too dear, or exclude each other",
        "các vị trí bắt buộc chọn (--include) quá nhiều, quá đắt, hoặc loại trừ nhau",
    ),
    (
        "{} pairs of site and village are more than can be planned under rules; a smaller radius has fewer",
        "{} cặp vị trí và thôn, bản là quá nhiều để lập phương án có ràng buộc; hãy dùng bán kính nhỏ hơn",
    ),
    (
        "{} pairs of build and piece of a village are more than can be planned ({}); a smaller radius or max_km, fewer \
         candidates, or a higher least probability has fewer",
        "{} cặp công trình và phần của thôn, bản là quá nhiều để lập phương án ({}); hãy giảm bán kính hoặc max_km, bớt vị trí ứng \
         viên, hoặc tăng xác suất nhỏ nhất",
    ),
    (
        "the least distance between sites is no radius that can be searched",
        "không tìm được theo khoảng cách tối thiểu giữa các vị trí này",
    ),
    (
        "no plan keeps all the rules: they contradict each other, or the sites or the budget are too few for them",
        "không phương án nào giữ được mọi ràng buộc: chúng mâu thuẫn nhau, hoặc số vị trí hay ngân sách quá ít",
    ),
    (
        "no plan that keeps all the rules was found in the time given; allow more time or loosen a rule",
        "chưa tìm được phương án giữ mọi ràng buộc trong thời gian cho phép; hãy tăng --time hoặc nới một ràng buộc",
    ),
    (
        "{} are asked for, no plan under these rules can reach more than {} ({} % of what is asked for); lower the target, add \
         candidates, or loosen a rule",
        "cần đạt {}, không phương án nào theo các ràng buộc này đạt quá {} ({} % của những gì cần phục vụ); hãy hạ mục tiêu, thêm vị \
         trí ứng viên, hoặc nới một ràng buộc",
    ),
    ("{} are asked for, no plan can reach more than {}", "cần đạt {}, không phương án nào đạt quá {}"),
    (
        "this build has no HiGHS: build with `cargo build --release --features highs` (needs cmake, a C++ compiler and libclang), \
         or leave --solver away",
        "bản này không có HiGHS: hãy dựng bằng `cargo build --release --features highs` (cần cmake, trình biên dịch C++ và libclang), \
         hoặc bỏ --solver",
    ),
    (
        "HiGHS plans without {} here; leave --solver away: the program's own solver plans with it",
        "ở đây HiGHS không xét được {}; hãy bỏ --solver: bộ giải của chương trình xét được",
    ),
    (
        "the plan was checked and is wrong ({}); nothing is written. Please report this with your input",
        "phương án đã được kiểm tra lại và sai ({}); không ghi gì. Xin báo lỗi kèm dữ liệu đầu vào",
    ),
    (
        "site number {} is not a candidate, or is in the plan twice",
        "vị trí số {} không phải ứng viên, hoặc có hai lần trong phương án",
    ),
    ("{} sites, {} allowed", "{} vị trí, cho phép {}"),
    ("the sites cost {}, the budget is {}", "các vị trí tốn {}, ngân sách là {}"),
    (
        "site {} is forced in or out, and the plan has it otherwise",
        "vị trí {} bắt buộc chọn hoặc bỏ, phương án lại làm khác",
    ),
    ("sites {} and {} exclude each other", "vị trí {} và {} loại trừ nhau"),
    ("sites {} and {} are {} m apart", "vị trí {} và {} chỉ cách nhau {} m"),
    ("site {} serves too few villages", "vị trí {} phục vụ quá ít thôn, bản"),
    ("limit “{}”: {} sites", "hạn mức “{}”: {} vị trí"),
    ("limit “{}”: {} villages served", "hạn mức “{}”: phục vụ {} thôn, bản"),
    ("site {} reaches no station", "vị trí {} không nối được tới trạm nào"),
    ("the plan says {} = {}, the data gives {}", "phương án ghi {} = {}, theo dữ liệu là {}"),
    ("a factor is a number from {} to {}", "hệ số là số từ {} đến {}"),
    ("N-units", "đơn vị N"),
    ("N-units/km", "đơn vị N/km"),
    ("no such candidate", "không có vị trí ứng viên này"),
    ("--include {}: no such candidate", "--include {}: không có vị trí ứng viên này"),
    ("--exclude {}: no such candidate", "--exclude {}: không có vị trí ứng viên này"),
    ("--one-of {}: no such candidate", "--one-of {}: không có vị trí ứng viên này"),
    ("the limit is no number", "hạn mức không phải là số"),
    (
        "“{}” has {} candidates; a group is a handful of variants of which at most one is built. Leave the cell empty where a \
         candidate is in none, and use --limit for larger parts",
        "“{}” có {} vị trí ứng viên; một nhóm chỉ là vài phương án mà xây nhiều nhất một. Vị trí không thuộc nhóm nào thì để ô trống, \
         phần lớn hơn thì dùng --limit",
    ),
    ("column group: {}", "cột group: {}"),
    (
        "--hop-km: there are no stations to reach; name them with --stations or in the study",
        "--hop-km: không có trạm nào để nối tới; hãy nêu trạm bằng --stations hoặc trong study",
    ),
    ("write KEY=FACTOR", "hãy ghi KHOÁ=HỆ SỐ"),
    ("{} is not a number", "{} không phải là số"),
    ("“{}” is not one of {}; did you mean {}?", "“{}” không có trong: {}; ý bạn là {}?"),
    ("“{}” is not one of {}", "“{}” không có trong: {}"),
    ("weight {} = {}: a factor is a number from {} to {}", "hệ số {} = {}: hệ số là số từ {} đến {}"),
    (
        "“{}”: {}; write UNIT<=N or UNIT>=N with commune, district, carrier, kind:NAME or off-grid as UNIT, “commune:NAME<=N” \
         for one of them, “villages UNIT>=N” for villages served",
        "“{}”: {}; hãy ghi PHẦN<=N hoặc PHẦN>=N, PHẦN là commune, district, carrier, kind:TÊN hoặc off-grid; “commune:TÊN<=N” cho riêng \
         một nơi, “villages PHẦN>=N” cho số thôn, bản được phục vụ",
    ),
    ("no <= or >=", "thiếu <= hoặc >="),
    ("the limit is no whole number", "hạn mức không phải số nguyên"),
    ("there is no unit “{}”, did you mean {}?", "không có phần “{}”, ý bạn là {}?"),
    ("there is no unit “{}”", "không có phần “{}”"),
    (
        "villages served have floors (>=) by commune, district or carrier only",
        "số thôn, bản được phục vụ chỉ có mức tối thiểu (>=) theo commune, district hoặc carrier",
    ),
    ("limit “{}”: no {} belongs to {} {}", "hạn mức “{}”: không {} nào thuộc {} {}"),
    ("candidate", "vị trí ứng viên"),
    ("village", "thôn, bản"),
    ("villages", "thôn, bản"),
    ("households", "số hộ"),
    ("population", "số khẩu"),
    (
        "limit “{}”: needs the carriers' lists; give a study",
        "hạn mức “{}”: cần danh sách của doanh nghiệp; hãy dùng một study",
    ),
    (
        "limit “{}”: no gap of {} is asked for; there are gaps of {}",
        "hạn mức “{}”: không có chỗ lõm nào của {} cần phục vụ; có của {}",
    ),
    (
        "“{}”: {}; write all, none, or the carriers that share a mast: VinaPhone+MobiFone on the command line, [[\"VinaPhone\", \
         \"MobiFone\"]] in study.toml",
        "“{}”: {}; hãy ghi all, none, hoặc các doanh nghiệp dùng chung cột: VinaPhone+MobiFone trên dòng lệnh, [[\"VinaPhone\", \
         \"MobiFone\"]] trong study.toml",
    ),
    ("a mast is shared by two carriers or more", "dùng chung cột thì phải có từ hai doanh nghiệp"),
    (
        "{} stands there twice, and can share one mast only",
        "{} được ghi hai lần, mà chỉ dùng chung được một cột",
    ),
    ("nobody is named", "không nêu doanh nghiệp nào"),
    ("no list of {} in the study; there are: {}", "study không có danh sách của {}; có: {}"),
    (
        "--built: needs a study with stations or a programme",
        "--built: cần một study có danh mục trạm hoặc chương trình trạm",
    ),
    ("--partial-from: goes with --partial", "--partial-from: chỉ dùng cùng --partial"),
    (
        "--partial: a radius has no probabilities; predict coverage (--model p1812 with --terrain)",
        "--partial: bán kính không cho xác suất; hãy dùng dự báo (--model p1812 cùng --terrain)",
    ),
    ("needs the carriers' lists; give a study", "cần danh sách của doanh nghiệp; hãy dùng một study"),
    ("needs a prediction", "cần mô hình dự báo"),
    (
        "--sharing: {} sites times {} builders are more candidates than can be planned ({}); name fewer candidates",
        "--sharing: {} vị trí nhân với {} bên xây là quá nhiều ứng viên để lập phương án ({}); hãy bớt vị trí ứng viên",
    ),
    (
        "--target counts what --by counts; it cannot be combined with --dark-first",
        "--target đếm theo --by; không dùng cùng --dark-first",
    ),
    (
        "--year: name the years in their order, each once",
        "--year: hãy ghi các năm theo thứ tự, mỗi năm một lần",
    ),
    (
        "--year: {}= stands in some years only; give it in all of them",
        "--year: {}= chỉ có ở một số năm; hãy ghi ở mọi năm",
    ),
    (
        "write 2026:sites=20 or 2026:budget=30000 or 2026:sites=20,budget=30000",
        "hãy ghi 2026:sites=20, 2026:budget=30000 hoặc 2026:sites=20,budget=30000",
    ),
    (
        "--evaluate programme: the study names no programme; give the file instead",
        "--evaluate programme: study không nêu chương trình trạm; hãy ghi tên tệp thay cho từ này",
    ),
    (
        "--evaluate {}: no usable station; each row needs plan_id, carrier, lat, lon",
        "--evaluate {}: không có trạm nào dùng được; mỗi dòng cần plan_id, carrier, lat, lon",
    ),
    // Tables of profiles and links, clusters, other libraries.
    (
        "CSV error: record {} (line: {}, byte: {}): found record with {} fields, but the previous record has {} fields",
        "dòng {1} có {3} ô, các dòng trước có {4} ô",
    ),
    (
        "CSV parse error: record {} (line {}, field: {}, byte: {}): invalid utf-8: {}",
        "dòng {1} không phải văn bản UTF-8",
    ),
    (
        "{}: {}. Check the path and that it is a comma-separated UTF-8 table",
        "{}: {}. Hãy kiểm tra đường dẫn, và tệp phải là bảng UTF-8 có dấu phẩy ngăn cách",
    ),
    ("{}: no column {}. Its first line must name {}", "{}: không có cột {}. Dòng đầu phải có {}"),
    (
        "profile,distance_m,height_m and if known clutter_m,zone",
        "profile,distance_m,height_m, nếu biết thì thêm clutter_m,zone",
    ),
    ("{}, line {}, column {}: {}", "{}, dòng {}, cột {}: {}"),
    ("{}: no rows below the titles", "{}: không có dòng nào dưới tiêu đề"),
    (
        "{}: cannot be read: {}. Check [inputs] clusters of study.toml",
        "{}: không đọc được: {}. Hãy kiểm tra [inputs] clusters trong study.toml",
    ),
    (
        "{}: {} bytes is too large for a table of clusters (limit {})",
        "{}: {} byte là quá lớn đối với bảng cụm dân cư (giới hạn {})",
    ),
    (
        "{}: no column for {}. Needed: village_id, lat, lon, and share or households",
        "{}: không có cột {}. Cần: village_id, lat, lon, và share hoặc households",
    ),
    ("the village's id", "mã thôn, bản"),
    ("the latitude", "vĩ độ"),
    ("the longitude", "kinh độ"),
    ("share or households", "share hoặc households"),
    ("invalid Zip archive: {}", "tệp zip hỏng hoặc bị cắt cụt"),
    ("unsupported Zip archive: {}", "tệp zip thuộc loại không đọc được"),
    ("not UTF-8", "không phải văn bản UTF-8"),
    ("the form cannot be made: {}", "không lập được biểu mẫu: {}"),
    ("{}: the workbook cannot be made: {}", "{}: không lập được bảng tính: {}"),
    ("study.toml or an option: {}", "study.toml hoặc tuỳ chọn: {}"),
    ("{} (or commune, village)", "{} (hoặc commune, village)"),
    // What findings give as reason.
    ("self-crossing", "tự cắt"),
    ("hole outside", "lỗ nằm ngoài đa giác"),
    ("empty", "không có diện tích"),
    ("{} open rings, closed", "{} vòng chưa khép kín, đã khép lại"),
    ("crs is not WGS84", "hệ toạ độ (crs) không phải WGS84"),
    ("a quote opened in this row closes {} lines below", "dấu nháy mở ở dòng này đóng lại sau {} dòng"),
    ("collections within collections, over {} deep", "các tập hình lồng nhau quá {} lớp"),
    ("a geometry without a type", "hình không ghi loại (type)"),
    ("a geometry of type “{}”", "hình thuộc loại “{}” không đọc được"),
    ("coordinates that are no list", "toạ độ không phải là một dãy"),
    ("a position that is no list of numbers", "vị trí không phải là một dãy số"),
    ("a position of {} numbers", "vị trí có {} con số"),
    ("a position out of range: {}", "vị trí ngoài phạm vi: {}"),
    ("a line of fewer than 2 positions", "đường có ít hơn 2 vị trí"),
    ("a ring of fewer than 3 positions", "vòng có ít hơn 3 vị trí"),
    // What is wrong with a cell of these tables.
    (
        "{} is not in the table of profiles; check the name, capitals included",
        "{} không có trong bảng mặt cắt; hãy kiểm tra tên, kể cả chữ hoa, chữ thường",
    ),
    ("{} is no latitude; write degrees between -90 and 90", "{} không phải vĩ độ; hãy ghi độ từ -90 đến 90"),
    (
        "{} is no polarization; write 1 or h for horizontal, 2 or v for vertical",
        "{} không phải phân cực; hãy ghi 1 hoặc h (ngang), 2 hoặc v (đứng)",
    ),
    ("{} is no radio climate; write 1 to 7", "{} không phải vùng khí hậu vô tuyến; hãy ghi từ 1 đến 7"),
    (
        "{} is no mode of variability; write 0-3, 10-13, 20-23 or 30-33",
        "{} không phải kiểu biến động; hãy ghi 0-3, 10-13, 20-23 hoặc 30-33",
    ),
    ("{} is empty; every point names its profile", "{} để trống; mỗi điểm phải ghi mặt cắt của nó"),
    ("{} must be 0: a profile begins at the transmitter", "{} phải là 0: mặt cắt bắt đầu ở máy phát"),
    (
        "{} is the only point of its profile; it needs at least 2",
        "{} là điểm duy nhất của mặt cắt; cần ít nhất 2 điểm",
    ),
    (
        "{} must be greater than the distance before it in the same profile",
        "{} phải lớn hơn khoảng cách của điểm trước trong cùng mặt cắt",
    ),
    (
        "{} is no zone; write 1 for sea, 3 for coastal land, 4 for inland",
        "{} không phải vùng; hãy ghi 1 (biển), 3 (đất ven biển), 4 (nội địa)",
    ),
    ("{} is not a number; write it like 12.5", "{} không phải là số; hãy ghi như 12.5"),
    (
        "{} is empty; what is not known is not 0: give a number or leave the row out",
        "{} để trống; không rõ không phải là 0: hãy ghi số hoặc bỏ dòng này",
    ),
    // Plans: what does not go together, and what nothing can keep.
    (
        "give a share such as 0.1% or 0.001, at most 100%",
        "hãy ghi tỷ lệ như 0.1% hoặc 0.001, nhiều nhất 100%",
    ),
    ("{}. By itself impossible: {}", "{}. Riêng điều này đã không thể: {}"),
    ("{} does not go with --evaluate: {}", "{} không đi cùng --evaluate: {}"),
    (
        "it counts gaps, each as one; leave the option away",
        "ở đây đếm từng điểm lõm, mỗi điểm là một; hãy bỏ tuỳ chọn này",
    ),
    (
        "stations are judged as they are registered, all of them; leave the option away, or plan with it without --evaluate",
        "các trạm được đánh giá đúng như đã đăng ký, tất cả các trạm; hãy bỏ tuỳ chọn này, hoặc lập phương án theo nó mà không có --evaluate",
    ),
    (
        "the programme is held against the best plan of as many sites and the fewest that solve as much; leave the option away, or plan with it without --evaluate",
        "chương trình được so với phương án tốt nhất có cùng số vị trí và với số vị trí ít nhất giải quyết được bằng ấy; hãy bỏ tuỳ chọn này, hoặc lập phương án theo nó mà không có --evaluate",
    ),
    (
        "--one-of {}: “{}” is no station of the programme; use its plan_id",
        "--one-of {}: “{}” không phải trạm của chương trình; hãy dùng plan_id của trạm",
    ),
    (
        "a gap is solved or not; leave the option away",
        "một điểm lõm được giải quyết hoặc không; hãy bỏ tuỳ chọn này",
    ),
    ("no plan is shown; leave the option away", "không có phương án nào được hiện ra; hãy bỏ tuỳ chọn này"),
    (
        "all registered stations are judged, whatever is built; leave the option away",
        "mọi trạm đăng ký đều được đánh giá, dù đã xây hay chưa; hãy bỏ tuỳ chọn này",
    ),
    (
        "by_year in evaluation.json has each year; leave the option away",
        "mục by_year trong evaluation.json có từng năm; hãy bỏ tuỳ chọn này",
    ),
    (
        "each carrier alone and all on shared masts stand beside each other; leave the option away",
        "từng nhà mạng riêng và tất cả dùng chung cột đã đứng cạnh nhau; hãy bỏ tuỳ chọn này",
    ),
    (
        "this program's own solver plans here; leave the option away",
        "ở đây dùng bộ giải riêng của chương trình; hãy bỏ tuỳ chọn này",
    ),
    (
        "--one-of {}: carriers build each their own here, and at most {} of so many sites are more combinations than can be planned; \
         name fewer sites, or builds as ID@CARRIER",
        "--one-of {}: ở đây các doanh nghiệp xây riêng, và nhiều nhất {} trong ngần ấy vị trí là quá nhiều tổ hợp; hãy nêu ít vị trí hơn, \
         hoặc nêu bên xây: MÃ@DOANH NGHIỆP",
    ),
    (
        "--one-of {}: write ID,ID,… or ID,ID,…<=K with a whole number K",
        "--one-of {}: hãy ghi ID,ID,… hoặc ID,ID,…<=K, K là số nguyên",
    ),
    (
        "--stations: they are where backhaul begins; give --hop-km too",
        "--stations: đó là nơi bắt đầu đường truyền dẫn; hãy ghi cả --hop-km",
    ),
    (
        "{}: there are no stations to reach; name them with --stations or in the study",
        "{}: không có trạm nào để nối tới; hãy nêu bằng --stations hoặc trong study",
    ),
    ("{} {}: nobody builds so; there are: {}", "{} {}: không ai xây như vậy; có: {}"),
    (
        "{} {}: whatever is built serves every carrier here; write {}",
        "{} {}: ở đây trạm nào xây lên cũng phục vụ mọi nhà mạng; hãy ghi {}",
    ),
    (
        "{}: needs a study with stations or a programme",
        "{}: cần study có trạm hiện hữu hoặc danh mục trạm đăng ký",
    ),
    (
        "{}: a radius has no probabilities; predict coverage (--model p1812 with --terrain)",
        "{}: bán kính không có xác suất; hãy dự báo vùng phủ (--model p1812 với --terrain)",
    ),
    (
        "{} {}: a village counts as served from a probability of {} on (--probability); what counts in part begins below that",
        "{} {}: thôn, bản được tính là có sóng từ xác suất {} trở lên (--probability); phần tính theo xác suất bắt đầu dưới mức đó",
    ),
    (
        "{}: {} sites times {} builders are more candidates than can be planned ({}); name fewer candidates",
        "{}: {} vị trí nhân {} bên xây là nhiều ứng viên hơn mức có thể lập phương án ({}); hãy nêu ít ứng viên hơn",
    ),
    ("limit “{}”: {} may be each of {}; write which", "hạn mức “{}”: {} có thể là một trong {}; hãy ghi rõ"),
    ("limit “{}”: no candidate is off the grid", "hạn mức “{}”: không có vị trí nào ngoài lưới điện"),
    (
        "--include names {} and {}, of which at most one may be built",
        "--include nêu {} và {}, chỉ được xây nhiều nhất một trong các vị trí này",
    ),
    ("--include names {} and {}, which are {} m apart", "--include nêu {} và {}, chỉ cách nhau {} m"),
    ("{}: an id is empty; write ID,ID,…", "{}: có mã để trống; hãy ghi MÃ,MÃ,…"),
    (
        "--include {}: its cost is not known, and nothing without a cost goes into a budget; state its cost_million_vnd",
        "--include {}: không rõ chi phí, mà vị trí không rõ chi phí thì không vào ngân sách; hãy ghi cost_million_vnd của nó",
    ),
    ("--include names {} sites, there may be {}", "--include nêu {} vị trí, chỉ được {}"),
    (
        "the sites of --include cost {} million đồng, there are {}",
        "các vị trí của --include tốn {} triệu đồng, chỉ có {}",
    ),
    (
        "limit “{}”: of {} candidates the {} is not known, so that more than allowed could be built there; leave them out with \
         --exclude, or state it for the villages around them",
        "hạn mức “{}”: có {} vị trí không rõ {}, nên có thể xây quá mức cho phép mà không ai hay; hãy bỏ chúng bằng --exclude, hoặc \
         ghi điều đó cho các thôn, bản quanh chúng",
    ),
    ("“{}”: {} candidates can be built there", "“{}”: ở đó có thể xây {} vị trí"),
    ("“{}”: there may be {} sites in all", "“{}”: tổng cộng chỉ được {} vị trí"),
    ("“{}”: --include has {} of them", "“{}”: --include đã có {} vị trí trong số đó"),
    (
        "“{}”: candidates can serve {} of these villages, {} are asked for",
        "“{}”: các vị trí có thể phục vụ {} thôn, bản trong số này, cần {}",
    ),
    ("{} ask for {} different sites, there may be {}", "{} cần {} vị trí khác nhau, chỉ được {}"),
];
